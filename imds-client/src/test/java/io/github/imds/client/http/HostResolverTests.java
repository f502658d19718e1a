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

import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link HostResolver}.
 */
@Timeout(60)
class HostResolverTests {

	private final AtomicInteger lookups = new AtomicInteger();

	private final CountDownLatch answer = new CountDownLatch(1);

	@AfterEach
	void endLookups() {
		this.answer.countDown();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "0:0:0:0:0:0:0:1" })
	void literalTakesNoLookup(String host) throws Exception {
		assertThat(silent().resolve(host, Deadline.after(Duration.ofSeconds(30))))
			.containsExactly(InetAddress.getByName(host));
		assertThat(this.lookups).hasValue(0);
	}

	@Test
	void nameIsResolved() throws Exception {
		assertThat(new HostResolver().resolve("localhost", Deadline.after(Duration.ofSeconds(30))))
			.allMatch(InetAddress::isLoopbackAddress)
			.isNotEmpty();
	}

	@Test
	void unknownNameIsAnUnknownHost() {
		assertThatExceptionOfType(UnknownHostException.class)
			.isThrownBy(() -> new HostResolver().resolve("imds.invalid", Deadline.after(Duration.ofSeconds(30))))
			.withMessage("imds.invalid");
	}

	@Test
	void silentLookupEndsWithTheCallAndIsSharedByLaterCalls() {
		HostResolver resolver = silent();
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> resolver.resolve("imds1", Deadline.after(Duration.ofMillis(50))))
				.withMessageContaining("'imds1'");
		}
		assertThat(this.lookups).hasValueLessThanOrEqualTo(1);
	}

	@Test
	void threadOfASilentLookupKeepsNoContextClassLoader() throws Exception {
		ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(new ClassLoader() {
		});
		HostResolver resolver = silent();
		try {
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> resolver.resolve("imds", Deadline.after(Duration.ofMillis(500))));
			assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> thread.getName().startsWith("ForkJoinPool-") && thread.isAlive())
				.isNotEmpty()
				.extracting(Thread::getContextClassLoader)
				.containsOnly(ClassLoader.getSystemClassLoader());
		}
		finally {
			Thread.currentThread().setContextClassLoader(contextClassLoader);
		}
	}

	@Test
	void lookupWithoutAThreadIsAnIoException() {
		HostResolver resolver = silent((pool) -> {
			throw new OutOfMemoryError("unable to create native thread");
		});
		assertThatIOException().isThrownBy(() -> resolver.resolve("imds", Deadline.after(Duration.ofMillis(50))));
	}

	@Test
	void interruptEndsTheWait() {
		HostResolver resolver = silent();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedIOException.class)
			.isThrownBy(() -> resolver.resolve("imds", Deadline.after(Duration.ofSeconds(30))));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void nativeImageResolvesNamesWithoutProxies() throws Exception {
		assertThat(MethodHandleProxies.isWrapperInstance(new HostResolver().task("localhost"))).isTrue();
		System.setProperty("org.graalvm.nativeimage.imagecode", "runtime");
		try {
			HostResolver resolver = new HostResolver();
			assertThat(MethodHandleProxies.isWrapperInstance(resolver.task("localhost"))).isFalse();
			assertThat(resolver.resolve("localhost", Deadline.after(Duration.ofSeconds(30))))
				.isEqualTo(InetAddress.getAllByName("localhost"));
		}
		finally {
			System.clearProperty("org.graalvm.nativeimage.imagecode");
		}
	}

	private HostResolver silent() {
		return silent(ForkJoinPool.defaultForkJoinWorkerThreadFactory);
	}

	private HostResolver silent(ForkJoinWorkerThreadFactory threadFactory) {
		try {
			MethodHandle lookup = MethodHandles.lookup()
				.findVirtual(HostResolverTests.class, "lookup",
						MethodType.methodType(InetAddress[].class, String.class))
				.bindTo(this);
			return new HostResolver(lookup, threadFactory);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private InetAddress[] lookup(String host) throws Exception {
		this.lookups.incrementAndGet();
		this.answer.await();
		return new InetAddress[] { InetAddress.getLoopbackAddress() };
	}

}
