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
import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Resolves host names within the time of a call. The JDK cannot end a lookup, so lookups
 * run on a thread of their own, at most one for each resolver. A thread that is stuck
 * keeps neither our classes nor the context class loader reachable: the JDK's pool
 * creates it, and the task consists of the JDK's classes only.
 */
final class HostResolver {

	/**
	 * {@code null} in a native image, which needs metadata for proxies of method handles
	 * and never unloads a class.
	 */
	private final @Nullable MethodHandle lookupFunction;

	private final ForkJoinWorkerThreadFactory threadFactory;

	private final Lock lock = new ReentrantLock();

	private @Nullable Lookup lookup;

	HostResolver() {
		this((System.getProperty("org.graalvm.nativeimage.imagecode") != null) ? null : getAllByName(),
				ForkJoinPool.defaultForkJoinWorkerThreadFactory);
	}

	/**
	 * Create a new resolver.
	 * @param lookupFunction a function of the JDK that returns the addresses of a name,
	 * or {@code null} to look names up with a class of this package
	 * @param threadFactory the factory of threads
	 */
	HostResolver(@Nullable MethodHandle lookupFunction, ForkJoinWorkerThreadFactory threadFactory) {
		this.lookupFunction = lookupFunction;
		this.threadFactory = threadFactory;
	}

	/**
	 * Return the addresses of a host.
	 * @param host a name, or the literal of an IPv4 or IPv6 address
	 * @param deadline the end of the call
	 * @return the addresses in order of preference
	 * @throws UnknownHostException if the host has no address
	 * @throws SocketTimeoutException if the lookup did not end in time
	 * @throws IOException if the thread was interrupted, or no other could be started
	 */
	InetAddress[] resolve(String host, Deadline deadline) throws IOException {
		if (isLiteral(host)) {
			return new InetAddress[] { InetAddress.getByName(host) };
		}
		Lookup lookup = lookup(host);
		try {
			return lookup.addresses().get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new SocketTimeoutException("The name '%s' was not resolved in time".formatted(host));
		}
		catch (ExecutionException ex) {
			throw new UnknownHostException(host);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while '%s' was resolved".formatted(host));
		}
	}

	/**
	 * Return the lookup of a host that is under way, or start one. A lookup of another
	 * host that is under way is left to itself.
	 */
	private Lookup lookup(String host) throws IOException {
		this.lock.lock();
		try {
			Lookup lookup = this.lookup;
			if (lookup == null || !lookup.host().equals(host) || lookup.addresses().isDone()) {
				lookup = new Lookup(host, start(host));
				this.lookup = lookup;
			}
			return lookup;
		}
		finally {
			this.lock.unlock();
		}
	}

	private ForkJoinTask<InetAddress[]> start(String host) throws IOException {
		ForkJoinPool pool = new ForkJoinPool(1, this.threadFactory, null, false);
		try {
			ForkJoinTask<InetAddress[]> addresses = pool.submit(task(host));
			// Ends the thread as soon as the lookup has ended
			pool.shutdown();
			return addresses;
		}
		catch (OutOfMemoryError ex) {
			throw new IOException("No thread could be started to resolve the name '%s'".formatted(host), ex);
		}
	}

	@SuppressWarnings("unchecked")
	Callable<InetAddress[]> task(String host) {
		if (this.lookupFunction == null) {
			return () -> InetAddress.getAllByName(host);
		}
		return MethodHandleProxies.asInterfaceInstance(Callable.class,
				MethodHandles.insertArguments(this.lookupFunction, 0, host));
	}

	/**
	 * Return whether the JDK needs no lookup: a host name cannot contain a colon or
	 * consist of numbers only (RFC 1123, section 2.1).
	 */
	private static boolean isLiteral(String host) {
		if (host.indexOf(':') >= 0) {
			return true;
		}
		for (int i = 0; i < host.length(); i++) {
			char c = host.charAt(i);
			if (c != '.' && (c < '0' || c > '9')) {
				return false;
			}
		}
		return true;
	}

	private static MethodHandle getAllByName() {
		try {
			return MethodHandles.publicLookup()
				.findStatic(InetAddress.class, "getAllByName",
						MethodType.methodType(InetAddress[].class, String.class));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Lookup(String host, ForkJoinTask<InetAddress[]> addresses) {

	}

}
