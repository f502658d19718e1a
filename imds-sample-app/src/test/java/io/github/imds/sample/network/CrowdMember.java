/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.imds.sample.network;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.imds.client.ImdsClient;
import io.github.imds.token.FileImdsTokenStore;
import io.github.imds.token.ImdsToken;

/**
 * One of many applications that start together on an instance. It waits for a file, its
 * first argument, then reads three properties that have no default and prints how long
 * that took. All other arguments are settings.
 *
 * @since 0.1.0
 */
public final class CrowdMember {

	private static final List<String> PROPERTIES = List.of("imds.instance-id", "imds.placement.region",
			"imds.tags.instance[Name]");

	private CrowdMember() {
	}

	/**
	 * Run the application.
	 * @param arguments the file to wait for, and settings
	 * @throws InterruptedException never
	 */
	public static void main(String[] arguments) throws InterruptedException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(CrowdMember.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.run(arguments)) {
			loadClasses(Path.of(arguments[0] + "-" + ProcessHandle.current().pid()));
			System.out.println("ready");
			Path signal = Path.of(arguments[0]);
			while (Files.notExists(signal) && Files.exists(signal.getParent())) {
				Thread.sleep(10);
			}
			long begin = System.nanoTime();
			PROPERTIES.forEach(context.getEnvironment()::getRequiredProperty);
			System.out.println("milliseconds: " + Duration.ofNanos(System.nanoTime() - begin).toMillis());
		}
	}

	/**
	 * Load what a request needs. A machine with few processors would otherwise do that
	 * for one member after the other, and they would not ask at once.
	 */
	private static void loadClasses(Path directory) {
		URI nowhere = URI.create("http://127.0.0.1:1");
		FileImdsTokenStore store = new FileImdsTokenStore(directory);
		store.save(nowhere, new ImdsToken("none", Instant.EPOCH));
		try (ImdsClient client = ImdsClient.builder().endpoints(nowhere).tokenStore(store).build()) {
			client.isAvailable();
		}
	}

}
