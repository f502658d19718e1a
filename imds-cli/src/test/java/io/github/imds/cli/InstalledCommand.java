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

package io.github.imds.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The command as users have it: started by {@code bin/imds}, in an environment of its
 * own.
 */
final class InstalledCommand {

	static final Path DISTRIBUTION = Path.of(System.getProperty("imds.distribution"));

	private final Path launcher;

	private final Map<String, String> environment = new HashMap<>();

	private InstalledCommand(Path launcher) {
		this.launcher = launcher;
		this.environment.put("PATH", System.getenv("PATH"));
		this.environment.put("JAVA_HOME", System.getProperty("java.home"));
		// A busy machine may be slower than the second that the service has by default
		this.environment.put("AWS_METADATA_SERVICE_TIMEOUT", "60");
	}

	static InstalledCommand ofBuild() {
		return of(DISTRIBUTION.resolve("bin/imds"));
	}

	static InstalledCommand of(Path launcher) {
		return new InstalledCommand(launcher);
	}

	InstalledCommand with(String variable, @Nullable Object value) {
		if (value != null) {
			this.environment.put(variable, value.toString());
		}
		else {
			this.environment.remove(variable);
		}
		return this;
	}

	List<Path> jars() throws IOException {
		try (Stream<Path> files = Files.list(this.launcher.resolveSibling("../lib"))) {
			return files.toList();
		}
	}

	Result run(String... args) {
		return finish(start(args));
	}

	Process start(String... args) {
		List<String> command = new ArrayList<>(List.of(this.launcher.toString()));
		command.addAll(Arrays.asList(args));
		return start(command);
	}

	/**
	 * Run a script in which {@code imds} is the command.
	 */
	Result shell(String script) {
		return finish(start(List.of("sh", "-c", script)));
	}

	private Process start(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().clear();
		builder.environment().putAll(this.environment);
		builder.environment()
			.computeIfPresent("PATH", (name, path) -> this.launcher.getParent() + File.pathSeparator + path);
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Result finish(Process process) {
		CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
		String output = text(process.getInputStream());
		try {
			return new Result(process.waitFor(), output, errors.join());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String text(InputStream stream) {
		try {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Unpack the distribution archive.
	 */
	static InstalledCommand unpack(Path directory) throws IOException {
		Files.createDirectories(directory);
		Result tar = finish(new ProcessBuilder("tar", "-xzf", System.getProperty("imds.archive"),
				"--strip-components=1", "-C", directory.toString())
			.start());
		if (tar.status() != 0) {
			throw new IOException(tar.errors());
		}
		return of(directory.resolve("bin/imds"));
	}

	/**
	 * Result of a process that has ended.
	 *
	 * @param status the exit status
	 * @param output the text on standard output
	 * @param errors the text on standard error
	 */
	record Result(int status, String output, String errors) {
	}

}
