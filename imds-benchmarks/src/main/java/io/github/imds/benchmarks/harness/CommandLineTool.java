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

package io.github.imds.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How long the command-line tool takes, from the start of its process to the end, without
 * a session token kept from before.
 */
final class CommandLineTool {

	private static final String NO_TOKEN_CACHE = "--no-token-cache";

	private final Lab lab;

	private final Path jar;

	private final @Nullable Path java25;

	/**
	 * Create a measurement.
	 * @param lab what every measurement needs
	 * @param jar the executable jar file
	 * @param java25 the home directory of a JDK that has AOT caches, if there is one
	 */
	CommandLineTool(Lab lab, Path jar, @Nullable Path java25) {
		this.lab = lab;
		this.jar = jar;
		this.java25 = java25;
	}

	void measure() throws IOException {
		this.lab.server().prepare(Duration.ZERO);
		List<Case> cases = new ArrayList<>();
		commands().forEach((subject, command) -> {
			cases.add(() -> run(subject, "one value", command.arguments(NO_TOKEN_CACHE, "meta-data/instance-id")));
			cases.add(() -> run(subject, "everything", command.arguments(NO_TOKEN_CACHE)));
		});
		Case.interleave(this.lab.effort().runs(), cases);
	}

	private Map<String, JavaCommand> commands() throws IOException {
		Map<String, JavaCommand> commands = new LinkedHashMap<>();
		commands.put("JDK " + Runtime.version().feature(), command(this.lab.java(), this.jar));
		if (this.java25 == null) {
			System.out.println("  no AOT cache: JAVA25_HOME is not set");
			return commands;
		}
		commands.put("JDK 25", command(this.java25, this.jar));
		Path extracted = this.lab.work().resolve("extracted");
		JavaCommand.ofJar(this.java25, this.jar)
			.options("-Djarmode=tools")
			.arguments("extract", "--force", "--destination", extracted.toString())
			.run(null);
		JavaCommand command = command(this.java25, extracted.resolve(this.jar.getFileName()));
		Path cache = this.lab.work().resolve("imds.aot");
		command.options("-XX:AOTCacheOutput=" + cache).arguments(NO_TOKEN_CACHE).run(null);
		commands.put("JDK 25 with AOT cache", command.options("-XX:AOTCache=" + cache));
		return commands;
	}

	private JavaCommand command(Path java, Path jar) {
		return JavaCommand.ofJar(java, jar).environment(Server.ENDPOINT_VARIABLE, this.lab.server().endpoint());
	}

	private void run(String subject, String condition, JavaCommand command) throws IOException {
		this.lab.results().add("command line", subject, condition, "ms", command.run(null).millis());
	}

}
