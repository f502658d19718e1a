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

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Watchdog}.
 */
@Timeout(60)
class WatchdogTests {

	private static final Duration LONG = Duration.ofHours(1);

	private static final Duration SHORT = Duration.ofMillis(20);

	private final Watchdog watchdog = new Watchdog();

	@Test
	void endsWhatIsNotClosedInTime() throws InterruptedException {
		CountDownLatch ended = new CountDownLatch(1);
		Watchdog.Watch watch = this.watchdog.watch(Deadline.after(SHORT), ended::countDown);
		ended.await();
		assertThat(watch.hasEnded()).isTrue();
	}

	@Test
	void leavesAloneWhatIsClosedOrHasTime() throws InterruptedException {
		CountDownLatch never = new CountDownLatch(1);
		Watchdog.Watch closed = this.watchdog.watch(Deadline.after(SHORT), never::countDown);
		closed.close();
		Watchdog.Watch early = this.watchdog.watch(Deadline.after(LONG), never::countDown);
		CountDownLatch ended = new CountDownLatch(1);
		this.watchdog.watch(Deadline.after(SHORT), ended::countDown);
		ended.await();
		assertThat(closed.hasEnded()).isFalse();
		assertThat(early.hasEnded()).isFalse();
		assertThat(never.getCount()).isOne();
	}

	@Test
	void looksAgainForWhatEndsLater() throws InterruptedException {
		CountDownLatch ended = new CountDownLatch(3);
		this.watchdog.watch(Deadline.after(SHORT.multipliedBy(3)), ended::countDown);
		this.watchdog.watch(Deadline.after(SHORT), ended::countDown);
		this.watchdog.watch(Deadline.after(SHORT.multipliedBy(5)), ended::countDown);
		ended.await();
		assertThat(ended.getCount()).isZero();
	}

	@Test
	void anActionThatFailsOrBlocksDoesNotKeepTheOthers() throws InterruptedException {
		CountDownLatch released = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		Deadline deadline = Deadline.after(SHORT);
		this.watchdog.watch(deadline, () -> {
			throw new IllegalStateException("test");
		});
		this.watchdog.watch(deadline, () -> await(released));
		this.watchdog.watch(deadline, ended::countDown);
		ended.await();
		released.countDown();
		assertThat(ended.getCount()).isZero();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
