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

package io.github.imds.sample.aot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.imds.sample.ImdsSampleApplication;

/**
 * Starts the sample application, asks it for paths and ends. The first argument names the
 * file for the answers, the second the paths, separated by commas; all others are those
 * of the application.
 *
 * @since 0.1.0
 */
public final class AnsweringSample {

	private AnsweringSample() {
	}

	/**
	 * Run the application.
	 * @param arguments the file, the paths and the arguments of the application
	 */
	public static void main(String[] arguments) {
		SpringApplication.withHook((application) -> new SpringApplicationRunListener() {

			@Override
			public void ready(ConfigurableApplicationContext context, Duration timeTaken) {
				try (context) {
					String port = context.getEnvironment().getRequiredProperty("local.server.port");
					StringBuilder answers = new StringBuilder();
					for (String path : arguments[1].split(",")) {
						answers.append(path).append(' ').append(get("http://localhost:" + port + path)).append('\n');
					}
					Files.writeString(Path.of(arguments[0]), answers);
				}
				catch (IOException | InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}

		}, () -> ImdsSampleApplication.main(Arrays.copyOfRange(arguments, 2, arguments.length)));
	}

	private static String get(String uri) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).header("Accept", "application/json").build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		return response.statusCode() + " " + response.body();
	}

}
