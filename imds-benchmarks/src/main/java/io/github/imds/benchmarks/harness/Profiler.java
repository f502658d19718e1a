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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Samples the stacks of a Java process with async-profiler and tells which part of the
 * work each belongs to.
 *
 * @see <a href="https://github.com/async-profiler/async-profiler">async-profiler</a>
 */
final class Profiler {

	/**
	 * The part of what belongs to no other.
	 */
	static final String REST = "everything else";

	private final Path library;

	private final Path output;

	private Profiler(Path library, Path output) {
		this.library = library;
		this.output = output;
	}

	/**
	 * Create a profiler.
	 * @param work where it keeps its files
	 * @return the profiler
	 * @throws IOException if there is none for this system
	 */
	static Profiler create(Path work) throws IOException {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
		String name = (system.startsWith("mac") ? "macos" : system + "-" + processor) + "/libasyncProfiler.so";
		try (InputStream content = Profiler.class.getResourceAsStream("/" + name)) {
			if (content == null) {
				throw new IOException("There is no profiler for this system");
			}
			Path library = work.resolve("libasyncProfiler.so");
			Files.write(library, content.readAllBytes());
			return new Profiler(library, work.resolve("stacks"));
		}
	}

	/**
	 * Return the option of a JVM that is to be sampled.
	 * @param event what to sample by, {@code wall} or {@code cpu}
	 * @param interval how often, such as {@code 250us}
	 * @return the option
	 */
	String option(String event, String interval) {
		return "-agentpath:%s=start,event=%s,interval=%s,threads,cstack=vm,collapsed,file=%s".formatted(this.library,
				event, interval, this.output);
	}

	/**
	 * Return what the last process that ended did.
	 * @param root what the outermost frames of the stacks that count contain
	 * @param parts the parts, each with what its frames begin with. A stack belongs to
	 * the first part that one of its frames belongs to
	 * @return the number of samples of each part, those of the whole included
	 * @throws IOException if it was not sampled
	 */
	Map<String, Integer> samples(String root, Map<String, List<String>> parts) throws IOException {
		Map<String, Integer> samples = new LinkedHashMap<>();
		parts.keySet().forEach((part) -> samples.put(part, 0));
		samples.put(REST, 0);
		for (String line : Files.readAllLines(this.output)) {
			int end = line.lastIndexOf(' ');
			List<String> stack = List.of(line.substring(0, end).split(";"));
			if (stack.stream().anyMatch((frame) -> frame.contains(root))) {
				samples.merge(part(stack, parts), Integer.valueOf(line.substring(end + 1)), Integer::sum);
			}
		}
		Files.delete(this.output);
		return samples;
	}

	private static String part(List<String> stack, Map<String, List<String>> parts) {
		return parts.entrySet()
			.stream()
			.filter((part) -> stack.stream().anyMatch((frame) -> part.getValue().stream().anyMatch(frame::startsWith)))
			.findFirst()
			.map(Map.Entry::getKey)
			.orElse(REST);
	}

}
