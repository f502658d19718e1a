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

package io.github.imds.client.tree;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.http.ConnectFailedException;
import io.github.imds.client.http.Deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Crawl}, as far as they need control over time and threads.
 */
class CrawlTests {

	private static final MetadataPath DIRECTORY = MetadataPath.of("meta-data/");

	@Test
	void asksForNothingOnceTheTimeIsOver() {
		Crawl crawl = crawl(Duration.ofMillis(900), 1, (path) -> {
			Deadline over = Deadline.after(Duration.ofMillis(901));
			while (!over.hasPassed()) {
				Thread.onSpinWait();
			}
			assertThat(path).isEqualTo("meta-data/");
			return "a\nb\nc";
		});
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> crawl.read(DIRECTORY))
			.withMessage("Cannot read 'meta-data/a': reading the tree took longer than 900 ms");
	}

	@Test
	void errorsReachTheCaller() {
		Crawl crawl = crawl(Duration.ofMinutes(1), 4, (path) -> {
			if (path.endsWith("/")) {
				return "a\nb\nc\nd\ne";
			}
			throw new StackOverflowError("As good as any");
		});
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> crawl.read(DIRECTORY))
			.withMessage("As good as any");
	}

	@Test
	void anAnswerThatBreaksOffConcernsItsEntryOnly() {
		List<IOException> causes = List.of(new SocketException("Connection reset"), new EOFException("Closed"),
				new ProtocolException("Not HTTP"), new IOException("Without end"));
		assertThat(causes).allSatisfy((cause) -> assertThat(readWithFailure(cause).toMap()).containsOnlyKeys("a", "c"));
	}

	@Test
	void aServiceOutOfReachEndsTheTree() {
		List<IOException> causes = List.of(new ConnectFailedException(new ConnectException("Connection refused")),
				new SocketTimeoutException("Read timed out"));
		assertThat(causes).allSatisfy((cause) -> assertThatExceptionOfType(ImdsUnavailableException.class)
			.isThrownBy(() -> readWithFailure(cause))
			.withCause(cause));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void readsOnAVirtualThread() throws Exception {
		AtomicReference<Object> tree = new AtomicReference<>();
		Crawl crawl = crawl(Duration.ofMinutes(1), 4, (path) -> path.endsWith("/") ? "a\nb\nc\nd\ne" : path);
		Thread thread = (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class)
			.invoke(null, (Runnable) () -> tree.set(crawl.read(DIRECTORY).toMap().keySet()));
		thread.join();
		assertThat(tree.get()).hasToString(List.of("a", "b", "c", "d", "e").toString());
	}

	private static Node readWithFailure(IOException cause) {
		return crawl(Duration.ofMinutes(1), 1, (path) -> {
			if (path.equals("meta-data/b")) {
				throw new ImdsUnavailableException("Cannot read 'meta-data/b'", cause);
			}
			return path.endsWith("/") ? "a\nb\nc" : path;
		}).read(DIRECTORY);
	}

	private static Crawl crawl(Duration timeout, int concurrency, Function<String, String> service) {
		return new Crawl((path) -> Optional.of(service.apply(path.toString()).getBytes(StandardCharsets.UTF_8)),
				(path) -> true, concurrency, timeout, (path, failure) -> {
				});
	}

}
