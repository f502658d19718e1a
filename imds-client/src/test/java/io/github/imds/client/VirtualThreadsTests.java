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

package io.github.imds.client;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.sun.management.UnixOperatingSystemMXBean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for reads by more threads than a machine can have, which only virtual threads can
 * be. That they do not deadlock is seen from that the test ends.
 */
@Timeout(300)
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTests {

	private static final int COUNT = 10_000;

	private static final Duration LONG = Duration.ofMinutes(5);

	@Test
	void tenThousandOfThemReadAtOnceAndPinNothing(@TempDir Path directory) throws Exception {
		assumeTrue(maxOpenFiles() > COUNT * 3 / 2, "Each read needs a connection, and each connection a file");
		try (RawService service = RawService.pooled(64,
				(request, connection) -> RawService.send(connection,
						RawService.ok(request.substring(request.lastIndexOf('/') + 1))));
				ImdsClient client = service.client().connectTimeout(LONG).readTimeout(LONG).timeout(LONG).build();
				Recording recording = new Recording()) {
			recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
			try (ImdsClient first = service.client().readTimeout(LONG).timeout(LONG).build()) {
				assertThat(first.get("meta-data/first")).contains("first");
			}
			recording.start();
			Set<Optional<String>> values = new HashSet<>();
			for (Future<Optional<String>> value : readAll(client)) {
				values.add(value.get());
			}
			assertThat(values).hasSize(COUNT).doesNotContain(Optional.empty());
			recording.stop();
			recording.dump(directory.resolve("pinned.jfr"));
			assertThat(service.requests().stream().filter((request) -> request.startsWith("PUT "))).hasSize(2);
		}
		assertThat(RecordingFile.readAllEvents(directory.resolve("pinned.jfr"))).filteredOn(VirtualThreadsTests::isOurs)
			.isEmpty();
	}

	private static List<Future<Optional<String>>> readAll(ImdsClient client) throws Exception {
		// Compiled for a Java that has no virtual threads
		ExecutorService threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		try {
			List<Callable<Optional<String>>> reads = new ArrayList<>();
			for (int i = 0; i < COUNT; i++) {
				String path = "meta-data/" + i;
				reads.add(() -> client.get(path));
			}
			return threads.invokeAll(reads);
		}
		finally {
			threads.shutdown();
		}
	}

	private static boolean isOurs(RecordedEvent event) {
		return event.getStackTrace() != null && event.getStackTrace()
			.getFrames()
			.stream()
			.anyMatch((frame) -> frame.getMethod().getType().getName().startsWith("io.github.imds"));
	}

	private static long maxOpenFiles() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? system.getMaxFileDescriptorCount() : Long.MAX_VALUE;
	}

}
