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

package io.github.imds.benchmarks.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Profiler that samples the stacks of a Java process with async-profiler.
 *
 * @see <a href="https://github.com/async-profiler/async-profiler">async-profiler</a>
 * @since 0.1.0
 */
public final class Profiler {

	private static final String PROJECT = "io/github/imds/";

	private final Path library;

	private final Path output;

	private Profiler(Path library, Path output) {
		this.library = library;
		this.output = output;
	}

	/**
	 * Create a profiler.
	 * @param work the directory for its files
	 * @return the profiler
	 * @throws IOException if async-profiler does not support this system
	 */
	public static Profiler create(Path work) throws IOException {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
		String name = (system.startsWith("mac") ? "macos" : system + "-" + processor) + "/libasyncProfiler.so";
		try (InputStream content = Profiler.class.getResourceAsStream("/" + name)) {
			if (content == null) {
				throw new IOException("async-profiler does not support this system");
			}
			Path library = work.resolve("libasyncProfiler.so");
			Files.write(library, content.readAllBytes());
			return new Profiler(library, work.resolve("stacks"));
		}
	}

	/**
	 * Return the option of a JVM that samples it.
	 * @param event the clock, {@code wall} or {@code cpu}
	 * @param interval the interval, such as {@code 250us}
	 * @return the option
	 */
	public String option(String event, String interval) {
		return "-agentpath:%s=start,event=%s,interval=%s,threads,cstack=vm,collapsed,file=%s".formatted(this.library,
				event, interval, this.output);
	}

	/**
	 * Return the samples of the last process that has ended.
	 * @param root the text that a frame of the stack contains if the sample counts
	 * @param part the name of the part that a stack belongs to
	 * @return the number of samples of each part
	 * @throws IOException if it was not sampled
	 */
	public Map<String, Integer> samples(String root, Function<List<String>, String> part) throws IOException {
		Map<String, Integer> samples = new TreeMap<>();
		for (String line : Files.readAllLines(this.output)) {
			int end = line.lastIndexOf(' ');
			List<String> stack = List.of(line.substring(0, end).split(";"));
			if (stack.stream().anyMatch((frame) -> frame.contains(root))) {
				samples.merge(part.apply(stack), Integer.valueOf(line.substring(end + 1)), Integer::sum);
			}
		}
		Files.delete(this.output);
		return samples;
	}

	/**
	 * Return the package of this project that a stack is in.
	 * @param stack the frames, the outermost first
	 * @return the package of the innermost frame of this project
	 */
	public static Optional<String> innermostPackage(List<String> stack) {
		return stack.stream()
			.filter((frame) -> frame.startsWith(PROJECT) && !frame.startsWith(PROJECT + "benchmarks/"))
			.reduce((outer, inner) -> inner)
			.map((frame) -> frame.replaceFirst("\\$\\$.*", ""))
			.map((frame) -> frame.substring(0, frame.lastIndexOf('/') + 1).substring(PROJECT.length()))
			.map((name) -> "imds: " + (name.isEmpty() ? "exceptions" : name.replaceFirst("/$", "").replace('/', '.')));
	}

}
