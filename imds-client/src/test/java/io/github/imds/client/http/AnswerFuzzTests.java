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

package io.github.imds.client.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.github.imds.ImdsException;
import io.github.imds.client.ImdsClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Reads from a service that answers at random: the outcome is a value or an
 * {@link ImdsException}, in time, and nothing stays behind. The answers of a case follow
 * from its number. {@code -Dimds.fuzz.cases=200000} runs more cases than the build.
 */
class AnswerFuzzTests {

	private static final int CASES = Integer.getInteger("imds.fuzz.cases", 1_000);

	private static final int FIRST = Integer.getInteger("imds.fuzz.first", 0);

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	/**
	 * A machine under load can be slow, but a call that hangs exceeds this too.
	 */
	private static final Duration BOUND = TIMEOUT.multipliedBy(10);

	private final AtomicLong seed = new AtomicLong();

	@Test
	void anyAnswerIsAValueOrAnImdsException() throws Exception {
		TreeMap<String, Integer> outcomes = new TreeMap<>();
		Set<Thread> threads = Thread.getAllStackTraces().keySet();
		try (ScriptedServer server = ScriptedServer
			.running((output) -> new Answer(new Random(this.seed.getAndIncrement())).write(output))) {
			// Loads the classes, which takes longer than a case on a machine under load
			read(ScriptedServer.answering("HTTP/1.1 404 Not Found\r\n\r\n"), 0);
			for (int i = FIRST; i < FIRST + CASES; i++) {
				this.seed.set(i * 1_000L);
				outcomes.merge(read(server, i), 1, Integer::sum);
			}
		}
		assertThat(outcomes).containsKey("value").hasSizeGreaterThan(2);
		assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> !threads.contains(thread))
			.extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("imds"));
	}

	private static String read(ScriptedServer server, int number) {
		long start = System.nanoTime();
		try (ImdsClient client = ImdsClient.builder()
			.endpoints(server.uri())
			.timeout(TIMEOUT)
			.maxAttempts(2)
			.retryDelay(Duration.ZERO)
			.circuitBreakerOpenDuration(Duration.ZERO)
			.build()) {
			switch (number % 4) {
				case 0 -> client.get("meta-data/instance-id");
				case 1 -> client.getBytes("user-data");
				case 2 -> client.list("meta-data/tags/instance");
				default -> client.get("meta-data/iam/info", java.util.Map.class);
			}
			return "value";
		}
		catch (ImdsException ex) {
			return ex.getClass().getSimpleName();
		}
		catch (Throwable ex) {
			return fail("Case " + number, ex);
		}
		finally {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as("case " + number).isLessThan(BOUND);
		}
	}

	/**
	 * Answer at random, of which each part is more often valid than not.
	 */
	private static final class Answer {

		private static final List<String> STATUS_LINES = List.of("HTTP/1.1 404 Not Found", "HTTP/1.1 401 Unauthorized",
				"HTTP/1.1 403 Forbidden", "HTTP/1.1 429 Too Many Requests", "HTTP/1.1 503 Service Unavailable",
				"HTTP/1.1 301 Moved Permanently", "HTTP/1.1 204 No Content", "HTTP/1.1 304 Not Modified",
				"HTTP/1.1 100 Continue", "HTTP/1.1 101 Switching Protocols", "HTTP/1.1 405 Method Not Allowed",
				"HTTP/1.0 200 OK", "HTTP/2 200", "HTTP/1.1 999 x", "HTTP/1.1 -1 x", "HTTP/1.1", "", "220 smtp",
				"\u0000\u0001");

		private static final List<String> FIELDS = List.of("X-aws-ec2-metadata-token-ttl-seconds: -1",
				"X-aws-ec2-metadata-token-ttl-seconds: 99999999999999999999", "X-aws-ec2-metadata-token-ttl-seconds: 0",
				"X-aws-ec2-metadata-token-ttl-seconds: x", "X-aws-ec2-metadata-token-ttl-seconds: 9223372036854775807",
				"Content-Length: 18446744073709551615", "Content-Length: -5", "Content-Length: 3",
				"Content-Length: 3, 4", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip", "Transfer-Encoding: ",
				"Content-Type: ;;;", "Content-Type: text/plain; charset=nonsense", "Location: /",
				"Location: http://169.254.169.254/x", "Location: ::", "WWW-Authenticate: Basic realm=x",
				"Set-Cookie: a=b", ": none", "no colon", " folded", "X: \u0000", "Connection: keep-alive",
				"Content-Encoding: gzip");

		private static final List<String> BODIES = List.of("", "i-0123456789abcdef0", "{\"Code\": \"Success\"}", "{",
				"[1, 2", "null", "\"text\"", "a/\n../\n//\n?\n\u0007\n", "<html><body>Login</body></html>",
				"\u00ff\u00fe\u00fd", "token\r\nwith line", "x".repeat(5_000));

		private final Random random;

		Answer(Random random) {
			this.random = random;
		}

		void write(OutputStream output) throws IOException, InterruptedException {
			byte[] answer = answer().getBytes(StandardCharsets.ISO_8859_1);
			int length = oneIn(12) ? this.random.nextInt(answer.length + 1) : answer.length;
			if (oneIn(200)) {
				for (int i = 0; i < length; i++) {
					output.write(answer[i]);
					output.flush();
					Thread.sleep(this.random.nextInt(40));
				}
			}
			else {
				output.write(answer, 0, length);
			}
			if (oneIn(400)) {
				Thread.sleep(2_000);
			}
		}

		private String answer() {
			StringBuilder answer = new StringBuilder();
			for (int interim = oneIn(20) ? this.random.nextInt(12) : 0; interim > 0; interim--) {
				answer.append("HTTP/1.1 10").append(this.random.nextInt(4)).append(" Interim\r\n\r\n");
			}
			String body = oneIn(3) ? BODIES.get(1) : pick(BODIES);
			answer.append(oneIn(3) ? pick(STATUS_LINES) : "HTTP/1.1 200 OK").append(lineEnd());
			if (!oneIn(6)) {
				answer.append("X-aws-ec2-metadata-token-ttl-seconds: 21600").append(lineEnd());
			}
			for (int fields = oneIn(3) ? this.random.nextInt(4) : 0; fields > 0; fields--) {
				answer.append(pick(FIELDS)).append(lineEnd());
			}
			if (oneIn(4)) {
				answer.append("Transfer-Encoding: chunked").append(lineEnd());
				body = chunked(body);
			}
			else if (!oneIn(4)) {
				answer.append("Content-Length: ").append(body.length()).append(lineEnd());
			}
			answer.append(oneIn(30) ? "" : "\r\n").append(body).append(oneIn(10) ? "more" : "");
			mutate(answer);
			return answer.toString();
		}

		private String chunked(String body) {
			StringBuilder chunks = new StringBuilder();
			for (int start = 0; start < body.length();) {
				int size = 1 + this.random.nextInt(Math.min(2_000, body.length() - start));
				chunks.append(Integer.toHexString(size)).append(oneIn(5) ? ";name=\"value\"" : "").append(lineEnd());
				chunks.append(body, start, start + size).append(lineEnd());
				start += size;
			}
			String last = oneIn(15)
					? pick(List.of("", "-1\r\n", "g\r\n", "7fffffffffffffff\r\n", "ffffffffffffffffff\r\n")) : "0\r\n";
			return chunks.append(last).append(oneIn(5) ? "Trailer: x\r\n" : "").append("\r\n").toString();
		}

		private void mutate(StringBuilder answer) {
			for (int changes = oneIn(4) ? 1 + this.random.nextInt(3) : 0; changes > 0 && !answer.isEmpty(); changes--) {
				int index = this.random.nextInt(Math.min(answer.length(), 200));
				switch (this.random.nextInt(3)) {
					case 0 -> answer.setCharAt(index, (char) this.random.nextInt(256));
					case 1 -> answer.deleteCharAt(index);
					default -> answer.insert(index, (char) this.random.nextInt(256));
				}
			}
		}

		private String lineEnd() {
			return oneIn(20) ? "\n" : "\r\n";
		}

		private String pick(List<String> list) {
			return list.get(this.random.nextInt(list.size()));
		}

		private boolean oneIn(int count) {
			return this.random.nextInt(count) == 0;
		}

	}

}
