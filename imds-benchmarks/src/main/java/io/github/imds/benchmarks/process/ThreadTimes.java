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
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * CPU time of the threads of this process, as the Linux kernel counts it.
 *
 * @param main the milliseconds of the main thread
 * @param compilers the milliseconds of the threads that compile
 * @param collector the milliseconds of the threads that collect garbage
 * @see <a href=
 * "https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat">Scheduler
 * statistics of Linux</a>
 */
record ThreadTimes(double main, double compilers, double collector) {

	private static final double NANOS = 1_000_000;

	static ThreadTimes read() {
		double main = 0;
		double compilers = 0;
		double collector = 0;
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
			for (Path thread : threads) {
				String name;
				double millis;
				try {
					name = Files.readString(thread.resolve("comm"));
					millis = millis(thread);
				}
				catch (IOException ex) {
					// It has ended meanwhile
					continue;
				}
				if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
					compilers += millis;
				}
				else if (name.startsWith("G1 ") || name.startsWith("GC ")) {
					collector += millis;
				}
				else if (name.startsWith("java")) {
					main += millis;
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new ThreadTimes(main, compilers, collector);
	}

	private static double millis(Path thread) throws IOException {
		return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]) / NANOS;
	}

	void print() {
		System.out.printf(Locale.ROOT, "main thread %.3f%ncompilers %.3f%ngarbage collector %.3f%n", this.main,
				this.compilers, this.collector);
	}

}
