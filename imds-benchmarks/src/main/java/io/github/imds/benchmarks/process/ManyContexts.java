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

package io.github.imds.benchmarks.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Program that opens and closes application contexts one after the other.
 *
 * @since 0.1.0
 */
public final class ManyContexts {

	private static final String PROPERTY = "imds.instance-id";

	private ManyContexts() {
	}

	/**
	 * Open and close contexts, and print the memory, threads and files that remain after
	 * a tenth and after all of them.
	 * @param args the number of contexts
	 * @throws IOException if the open files are unknown
	 */
	public static void main(String[] args) throws IOException {
		int count = Integer.parseInt(args[0]);
		for (int i = 1; i <= count; i++) {
			try (ConfigurableApplicationContext context = open()) {
				context.getEnvironment().getProperty(PROPERTY);
			}
			if (i == count / 10 || i == count) {
				print(i);
			}
		}
		Ready.print(count);
	}

	private static ConfigurableApplicationContext open() {
		return new SpringApplicationBuilder(MeasuredApplication.class).bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.run();
	}

	private static void print(int contexts) throws IOException {
		KeptMemory memory = KeptMemory.measure();
		int threads = ManagementFactory.getThreadMXBean().getThreadCount();
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			System.out.printf("after %d: %d %d %d %d%n", contexts, memory.heap() / 1000, memory.metaspace() / 1000,
					threads, files.count());
		}
	}

}
