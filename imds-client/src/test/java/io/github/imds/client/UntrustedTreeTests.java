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

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.http.ImdsResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for trees of a service that is slow, broken or hostile.
 */
class UntrustedTreeTests {

	@AfterEach
	void noThreadIsLeft() {
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("imds-reader-"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../x", "..", ".", "../", "./", "http://other/", "//other/x", "/", "//", "a/b", "a//",
			"/a", "nul\0", "tab\t", "a?b", "a#b", "\u0085" })
	void unusualNamesOfEntriesCauseNoRequest(String entry) {
		try (UntrustedService service = UntrustedService.answering(Map.of("meta-data/network/",
				"first\n" + entry + "\n\nlast", "meta-data/network/first", "1", "meta-data/network/last", "2")::get);
				ImdsClient client = service.client().build()) {
			assertThat(client.tree("meta-data/network")).hasToString("{first=1, last=2}");
			assertThat(service.requests()).containsExactlyInAnyOrder("meta-data/network/", "meta-data/network/first",
					"meta-data/network/last");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "..%2f", "%2e%2e", "\\..\\", "a;b", "http:other", "@other", "user-data" })
	void entriesThatLookStrangeStayOneSegment(String entry) {
		try (UntrustedService service = UntrustedService.answering(Map.of("meta-data/network/", entry)::get);
				ImdsClient client = service.client().build()) {
			assertThat(client.tree("meta-data/network")).isEmpty();
			assertThat(service.requests()).hasSize(2)
				.last()
				.asString()
				.matches("meta-data/network/[^/]+")
				.doesNotEndWith("/..");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void linesEndAnyWay(String end) {
		Map<String, String> answers = Map.of("meta-data/", String.join(end, "other/", "security-groups", ""),
				"meta-data/security-groups", String.join(end, "web", "", "ssh"), "meta-data/other/", "value" + end,
				"meta-data/other/value", "1");
		try (UntrustedService service = UntrustedService.answering(answers::get);
				ImdsClient client = service.client().build()) {
			assertThat(client.list("meta-data")).containsExactly("other/", "security-groups");
			assertThat(client.tree("meta-data")).hasToString("{other={value=1}, security-groups=[web, ssh]}");
			assertThat(client.read("meta-data/security-groups")).contains(List.of("web", "ssh"));
			assertThat(client.read("meta-data/other")).contains(Map.of("value", "1"));
		}
	}

	@Test
	void entriesListedTwiceAreAskedForOnce() {
		try (UntrustedService service = UntrustedService
			.answering(Map.of("meta-data/", "mac\nmac\nmac/\nmac", "meta-data/mac", "x")::get);
				ImdsClient client = service.client().build()) {
			assertThat(client.tree("meta-data")).isEqualTo(Map.of("mac", "x"));
			assertThat(service.requests()).containsExactly("meta-data/", "meta-data/mac");
		}
	}

	@Test
	void secretsInDisguiseAreNotAskedFor() {
		Map<String, String> answers = Map.of("", "user-data/\nmeta-data", "meta-data/", "iam\nidentity-credentials",
				"meta-data/iam/", "security-credentials", "meta-data/identity-credentials/", "ec2",
				"meta-data/identity-credentials/ec2/", "security-credentials");
		try (UntrustedService service = UntrustedService.answering(answers::get);
				ImdsClient client = service.client().build()) {
			assertThat(client.tree("")).hasToString("{meta-data={iam={}, identity-credentials={ec2={}}}}");
			assertThat(service.requests()).containsExactlyInAnyOrderElementsOf(answers.keySet());
		}
	}

	@Test
	void endlessNestingEnds() {
		try (UntrustedService service = UntrustedService.answering((path) -> "d/");
				ImdsClient client = service.client().build()) {
			assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.tree("meta-data"))
				.withMessage(
						"The tree has more than 16 levels, the last of them at 'meta-data" + "/d".repeat(15) + "/'");
			assertThat(service.requests()).hasSize(16);
		}
	}

	@Test
	void branchingWithoutEndEnds() {
		String directories = IntStream.range(0, 100).mapToObj((i) -> i + "/").collect(Collectors.joining("\n"));
		String values = IntStream.range(0, 200).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
		try (UntrustedService service = UntrustedService
			.answering((path) -> path.equals("meta-data/") ? directories : values);
				ImdsClient client = service.client().concurrency(1).build()) {
			assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.tree("meta-data"))
				.withMessageStartingWith("The tree has more than 20000 entries, the last of them at 'meta-data/");
			assertThat(service.requests()).hasSize(1 + 100);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 20_001, 1_000_000 })
	void aHugeListingIsRefusedAsAWhole(int entries) {
		String listing = "x\n".repeat(entries);
		try (UntrustedService service = UntrustedService.answering((path) -> listing);
				ImdsClient client = service.client().build()) {
			assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.tree("meta-data"))
				.withMessageContaining("meta-data/");
			assertThat(service.requests()).containsExactly("meta-data/");
		}
	}

	@Test
	void aHugeBodyIsCutOff() {
		Endless endless = new Endless();
		try (UntrustedService service = UntrustedService
			.streaming((path) -> path.endsWith("/") ? new ByteArrayInputStream(new byte[] { 'x' }) : endless);
				ImdsClient client = service.client().build()) {
			assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.tree("meta-data"))
				.withMessageContaining("meta-data/x is larger than 1048576 bytes");
			assertThat(endless.sent).hasValueLessThan(1L << 30);
		}
	}

	@Test
	void manyLargeBodiesAreTooMuch() {
		String large = "x".repeat(1_000_000);
		try (UntrustedService service = UntrustedService
			.answering((path) -> path.endsWith("/") ? "1\n2\n3\n4\n5\n6\n7" : large);
				ImdsClient client = service.client().concurrency(1).build()) {
			assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.tree("meta-data"))
				.withMessage("The tree has more than 4194304 bytes, the last of them at 'meta-data/5'");
			assertThat(service.requests()).hasSize(6);
		}
	}

	@Test
	void namesLongerThanAnyAreLeftOut() {
		String longest = "x".repeat(1024);
		try (UntrustedService service = UntrustedService
			.answering((path) -> path.endsWith("/") ? longest + "\n" + longest + "x" : "1");
				ImdsClient client = service.client().build()) {
			assertThat(client.tree("meta-data")).containsOnlyKeys(longest);
		}
	}

	@Test
	void deeplyNestedJsonIsText() {
		String json = "[".repeat(500_000);
		try (UntrustedService service = UntrustedService.answering((path) -> json);
				ImdsClient client = service.client().build()) {
			assertThat(client.read("meta-data/iam/info")).contains(json);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void asManyRequestsAtOnceAsConfigured(int concurrency) {
		CyclicBarrier barrier = new CyclicBarrier(concurrency);
		String listing = IntStream.range(0, 5 * 4).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
		try (UntrustedService service = UntrustedService
			.answering((path) -> path.endsWith("/") ? listing : await(barrier));
				ImdsClient client = service.client().concurrency(concurrency).build()) {
			assertThat(client.tree("meta-data").keySet()).containsExactlyElementsOf(List.of(listing.split("\n")));
			assertThat(service.mostActive()).isEqualTo(concurrency);
		}
	}

	@Test
	void aSmallDirectoryNeedsNoThread() {
		AtomicLong threads = new AtomicLong();
		try (UntrustedService service = UntrustedService.answering((path) -> {
			threads.addAndGet(Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().startsWith("imds-reader-"))
				.count());
			return path.endsWith("/") ? "a\nb" : path;
		}); ImdsClient client = service.client().build()) {
			assertThat(client.tree("meta-data")).containsOnlyKeys("a", "b");
			assertThat(threads).hasValue(0);
		}
	}

	@Test
	void aValueThatIsTooLargeIsLeftOut() {
		String tooLarge = "x".repeat(ImdsResponse.MAX_BODY_SIZE + 1);
		Map<String, String> answers = Map.of("meta-data/", "a\nb\nc\nd\ne", "meta-data/a", "1", "meta-data/b",
				tooLarge);
		try (UntrustedService service = UntrustedService.answering(answers::get);
				ImdsClient client = service.client().concurrency(1).build()) {
			assertThat(client.tree("meta-data")).containsOnlyKeys("a");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4 })
	void anInterruptEndsTheReadAndIsKept(int concurrency) {
		Thread caller = Thread.currentThread();
		try (UntrustedService service = UntrustedService.answering((path) -> {
			caller.interrupt();
			return "a/\nb/\nc/\nd/\ne/";
		}); ImdsClient client = service.client().concurrency(concurrency).build()) {
			client.isAvailable();
			Thread.interrupted();
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.tree("meta-data"))
				.withMessageContaining("Interrupted");
			assertThat(Thread.interrupted()).isTrue();
		}
		finally {
			Thread.interrupted();
		}
	}

	@Test
	void closedClientReadsNoTree() {
		try (UntrustedService service = UntrustedService.answering((path) -> "a")) {
			ImdsClient client = service.client().build();
			client.close();
			assertThatIllegalStateException().isThrownBy(client::everything);
			assertThat(service.requests()).isEmpty();
		}
	}

	private static @Nullable String await(CyclicBarrier barrier) {
		try {
			barrier.await(1, TimeUnit.MINUTES);
			return "x";
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A body without an end.
	 */
	private static final class Endless extends InputStream {

		private final AtomicLong sent = new AtomicLong();

		@Override
		public int read() {
			this.sent.incrementAndGet();
			return 'x';
		}

	}

}
