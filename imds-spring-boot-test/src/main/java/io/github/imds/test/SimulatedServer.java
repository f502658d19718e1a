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

package io.github.imds.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Lazy;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.client.ApacheHttpClientFactory;
import com.github.tomakehurst.wiremock.http.client.HttpClient;
import com.github.tomakehurst.wiremock.http.client.HttpClientFactory;
import com.github.tomakehurst.wiremock.standalone.MappingsSource;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.StubMappings;
import wiremock.org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * WireMock set up to be quick to start, quiet, and without effect on the rest of the
 * virtual machine, in which the application under test may run.
 */
final class SimulatedServer {

	private static final int THREADS = 256;

	/**
	 * The default drops connections when more than 50 are made at once.
	 */
	private static final int ACCEPT_QUEUE_SIZE = 4096;

	private static final Duration STOP_TIMEOUT = Duration.ofMillis(200);

	private static final int JOURNAL_CAPACITY = RequestLog.CAPACITY;

	private static final AtomicBoolean warm = new AtomicBoolean();

	private SimulatedServer() {
	}

	static WireMockServer create(String address, int port, SimulatedResponses responses) {
		return new WireMockServer(WireMockConfiguration.options()
			.bindAddress(address)
			.port(port)
			.extensions(responses)
			.jettyAcceptQueueSize(ACCEPT_QUEUE_SIZE)
			.threadPoolFactory((options) -> threadPool())
			.maxRequestJournalEntries(JOURNAL_CAPACITY)
			.useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.BODY_FILE)
			.gzipDisabled(true)
			.http2PlainDisabled(true)
			.stubRequestLoggingDisabled(true)
			.disableStrictHttpHeaders(true)
			.disableOptimizeXmlFactoriesLoading(true)
			.templatingEnabled(false)
			.jettyStopTimeout(0L)
			.mappingSource(new NoMappings())
			.httpClientFactory(new LazyHttpClientFactory()));
	}

	/**
	 * Answer a first request, which loads many classes: a client that waits a second, as
	 * AWS's tools do, would give up on a busy machine.
	 */
	static void warmUp(String address, int port) {
		if (!warm.compareAndSet(false, true)) {
			return;
		}
		try (Socket socket = new Socket(Proxy.NO_PROXY)) {
			socket.connect(new InetSocketAddress(address, port));
			socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: imds\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			socket.getInputStream().readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The default would wait seconds for requests in progress to end, and keep alive a
	 * virtual machine whose application failed to start.
	 */
	private static QueuedThreadPool threadPool() {
		QueuedThreadPool threadPool = new QueuedThreadPool(THREADS);
		threadPool.setStopTimeout(STOP_TIMEOUT.toMillis());
		threadPool.setDaemon(true);
		return threadPool;
	}

	/**
	 * The default would serve the stub files of the application under test, and take a
	 * template engine to name new ones.
	 */
	private static final class NoMappings implements MappingsSource {

		@Override
		public void loadMappingsInto(StubMappings stubMappings) {
		}

		@Override
		public void save(List<StubMapping> stubMappings) {
		}

		@Override
		public void save(StubMapping stubMapping) {
		}

		@Override
		@SuppressWarnings("removal")
		public void remove(StubMapping stubMapping) {
		}

		@Override
		public void removeAll() {
		}

	}

	/**
	 * Only stubs that proxy need a client, which is slow to make.
	 */
	private static final class LazyHttpClientFactory implements HttpClientFactory {

		private final HttpClientFactory delegate = new ApacheHttpClientFactory();

		@Override
		public HttpClient buildHttpClient(Options options, boolean trustAllCertificates, List<String> trustedHosts,
				boolean useSystemProperties) {
			Lazy<HttpClient> client = Lazy.lazy(() -> this.delegate.buildHttpClient(options, trustAllCertificates,
					trustedHosts, useSystemProperties));
			return (request) -> client.get().execute(request);
		}

	}

}
