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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a closed client leaves behind: a container that undeploys an application
 * drops its class loader, and everything that is still reachable from the JVM keeps it.
 */
@Timeout(180)
class ClassLoaderTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "localhost" })
	void loaderOfAClosedClientIsCollected(String host) throws Exception {
		WeakReference<ClassLoader> loader = readAndClose(URI.create("http://%s:%d".formatted(host, port())));
		for (int i = 0; i < 600 && loader.get() != null; i++) {
			System.gc();
			Thread.sleep(Duration.ofMillis(100).toMillis());
		}
		assertThat(loader.get()).isNull();
	}

	private int port() {
		return this.simulator.endpoint().getPort();
	}

	/**
	 * Use the client as an application in a container does: its class loader is that of
	 * the thread.
	 */
	private static WeakReference<ClassLoader> readAndClose(URI endpoint) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader original = thread.getContextClassLoader();
		ClassLoader loader = new ApplicationClassLoader(original);
		thread.setContextClassLoader(loader);
		try {
			Class<?> type = loader.loadClass(ImdsClient.class.getName());
			assertThat(type).isNotEqualTo(ImdsClient.class);
			Object builder = type.getMethod("builder").invoke(null);
			builder.getClass().getMethod("endpoints", URI[].class).invoke(builder, (Object) new URI[] { endpoint });
			try (AutoCloseable client = (AutoCloseable) builder.getClass().getMethod("build").invoke(builder)) {
				assertThat((Optional<?>) type.getMethod("get", String.class).invoke(client, "meta-data/mac"))
					.isPresent();
				assertThat((Optional<?>) type.getMethod("get", String.class, Class.class)
					.invoke(client, "dynamic/instance-identity/document", Map.class)).isPresent();
				assertThat((Map<?, ?>) type.getMethod("tree", String.class, readOptions(loader))
					.invoke(client, "meta-data/placement", noOptions(loader))).isNotEmpty();
			}
			return new WeakReference<>(loader);
		}
		finally {
			thread.setContextClassLoader(original);
		}
	}

	private static Class<?> readOptions(ClassLoader loader) throws ClassNotFoundException {
		return noOptions(loader).getClass();
	}

	private static Object noOptions(ClassLoader loader) throws ClassNotFoundException {
		return Array.newInstance(loader.loadClass(ReadOption.class.getName()), 0);
	}

	/**
	 * Loads the classes of the client itself, all others as its parent does.
	 */
	private static final class ApplicationClassLoader extends ClassLoader {

		ApplicationClassLoader(ClassLoader parent) {
			super(parent);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith("io.github.imds.")) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : define(name);
			}
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream input = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				if (input == null) {
					throw new ClassNotFoundException(name);
				}
				byte[] bytes = input.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
