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

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.global.GlobalSettings;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;

import io.github.imds.test.instance.SimulatedMetadata;

/**
 * A simulated EC2 instance: a server on the loopback interface that behaves as the
 * Instance Metadata Service does, with IMDSv2 enforced. Requests need a session token,
 * every answer closes its connection, directories and their listings follow from the
 * paths of the values.
 * <p>
 * The default instance is a Spot Instance in {@code eu-west-1} with two network
 * interfaces, two public keys, five tags, an instance role and user data; it has no
 * interruption notice and no rebalance recommendation. Its identity document is signed by
 * a test key, whose certificate is the class path resource
 * {@code io/github/imds/test/identity-certificate.pem}.
 * <p>
 * The instance may be changed while it runs, from any thread.
 *
 * @since 0.1.0
 * @see SimulatedInstance
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html">Use
 * the Instance Metadata Service to access instance metadata</a>
 */
public final class ImdsSimulator extends SimulatedState<ImdsSimulator> implements AutoCloseable {

	private final IssuedTokens tokens;

	private final RequestLog requests = new RequestLog();

	private final InstantSource clock;

	private final WireMockServer wireMock;

	private final URI endpoint;

	private final Path directory;

	private final Snapshot declared;

	private ImdsSimulator(Builder builder) {
		super(builder.metadata(), SimulatedFaults.Settings.NONE);
		this.clock = builder.clock;
		this.tokens = new IssuedTokens(builder.clock);
		this.wireMock = SimulatedServer.create(builder.address, builder.port,
				new SimulatedResponses(new ImdsRequestHandler(this::metadata, this.tokens), faults(), this.requests));
		this.wireMock.start();
		String host = builder.address.contains(":") ? "[" + builder.address + "]" : builder.address;
		this.endpoint = URI.create("http://" + host + ":" + this.wireMock.port());
		this.directory = TemporaryDirectory.path();
		SimulatedServer.warmUp(builder.address, this.wireMock.port());
		clearRequests();
		faults().change((none) -> builder.faults().settings());
		applyLatency();
		this.declared = snapshot();
	}

	/**
	 * Start the default instance on a free port of {@code 127.0.0.1}.
	 * @return the running simulator
	 */
	public static ImdsSimulator start() {
		return builder().start();
	}

	/**
	 * Return a builder of an instance that differs from the default one.
	 * @return a new builder, with the default instance as its start
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the address of the service.
	 * @return the base URI, without a path, for example {@code http://127.0.0.1:40404}
	 */
	public URI endpoint() {
		return this.endpoint;
	}

	/**
	 * Return a directory for files of a client of this simulator. It need not exist.
	 */
	Path directory() {
		return this.directory;
	}

	@Override
	ImdsSimulator self() {
		return this;
	}

	@Override
	Instant now() {
		return this.clock.instant();
	}

	@Override
	public ImdsSimulator latency(Duration latency) {
		super.latency(latency);
		applyLatency();
		return this;
	}

	private void applyLatency() {
		this.wireMock.setGlobalFixedDelay(Math.toIntExact(faults().settings().latency().toMillis()));
	}

	/**
	 * Revoke all tokens issued so far: requests that carry one are answered with 401.
	 * @return this simulator
	 */
	public ImdsSimulator revokeTokens() {
		this.tokens.revokeAll();
		return this;
	}

	/**
	 * Return the latest requests, at most 1,000, in the order in which they were
	 * received. Requests that a stub answers count too.
	 * @return method and path with query as sent, not decoded, for example
	 * {@code GET /latest/meta-data/instance-id}
	 */
	public List<String> requests() {
		return this.requests.latest();
	}

	/**
	 * Return how many requests for a token were received, whatever the answer.
	 * @return the number since the start or since they were last cleared
	 */
	public long tokenRequests() {
		return this.requests.tokenRequests();
	}

	/**
	 * Return how many requests for anything but a token were received, whatever the
	 * answer.
	 * @return the number since the start or since they were last cleared
	 */
	public long valueRequests() {
		return this.requests.valueRequests();
	}

	/**
	 * Forget the requests received so far, here and in the journal of WireMock.
	 * @return this simulator
	 */
	public ImdsSimulator clearRequests() {
		this.requests.clear();
		this.wireMock.resetRequests();
		return this;
	}

	/**
	 * Return to the state after the start: metadata, faults, stubs and requests. Tokens
	 * issued before are not valid any more, as on a new instance.
	 * @return this simulator
	 */
	public ImdsSimulator reset() {
		restore(this.declared);
		return this;
	}

	Snapshot snapshot() {
		return new Snapshot(metadata(), faults().settings(), List.copyOf(this.wireMock.getStubMappings()));
	}

	void restore(Snapshot snapshot) {
		replaceMetadata(snapshot.metadata());
		faults().change((current) -> snapshot.faults());
		this.wireMock.resetAll();
		this.wireMock.updateGlobalSettings(GlobalSettings.defaults());
		applyLatency();
		for (int i = snapshot.stubs().size() - 1; i >= 0; i--) {
			this.wireMock.addStubMapping(snapshot.stubs().get(i));
		}
		revokeTokens();
		clearRequests();
	}

	/**
	 * Return the server behind the simulation, for its journal, which keeps the latest
	 * 1,000 requests, and for other faults. A stub wins over the simulation; what no stub
	 * matches is simulated.
	 * @return the running server
	 */
	public WireMockServer wireMock() {
		return this.wireMock;
	}

	/**
	 * Stop the server. Requests in progress are cut off.
	 */
	@Override
	public void close() {
		hopLimitExceeded(false);
		this.wireMock.stop();
		TemporaryDirectory.delete(this.directory);
	}

	/**
	 * State to return to.
	 */
	record Snapshot(SimulatedMetadata metadata, SimulatedFaults.Settings faults, List<StubMapping> stubs) {

	}

	/**
	 * Builder of an {@link ImdsSimulator}. Its state is the one that
	 * {@link ImdsSimulator#reset()} returns to.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends SimulatedState<Builder> {

		private String address = "127.0.0.1";

		private int port;

		private InstantSource clock = Clock.systemUTC();

		private Builder() {
			super(InstanceFile.readDefault(), SimulatedFaults.Settings.NONE);
		}

		@Override
		Builder self() {
			return this;
		}

		@Override
		Instant now() {
			return this.clock.instant();
		}

		/**
		 * Replace all metadata, of the default instance and put before.
		 * @param tree the values by path
		 * @return this builder
		 * @throws IllegalArgumentException if a path is malformed or below another one
		 */
		public Builder tree(Map<String, String> tree) {
			SimulatedMetadata metadata = new SimulatedMetadata();
			tree.forEach(metadata::put);
			replaceMetadata(metadata);
			return this;
		}

		/**
		 * Replace all metadata, of the default instance and put before, with that of a
		 * file: a JSON object of bodies by path. A body is a string, or an object with
		 * the member {@code base64} for bytes that are not text.
		 * @param location the location of the file:
		 * {@code classpath:instances/spot.json}, {@code file:spot.json} or a path of the
		 * file system
		 * @return this builder
		 * @throws IllegalArgumentException if the file is not of this form, or a path is
		 * malformed or below another one
		 * @throws java.io.UncheckedIOException if the file cannot be read
		 */
		public Builder tree(String location) {
			replaceMetadata(InstanceFile.read(location));
			return this;
		}

		/**
		 * Set the address to listen on, {@code 127.0.0.1} by default.
		 * @param address an IPv4 or IPv6 address of this machine, for example {@code ::1}
		 * @return this builder
		 */
		public Builder address(String address) {
			this.address = address;
			return this;
		}

		/**
		 * Set the port to listen on.
		 * @param port the port, or 0, the default, for a free one
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Set the clock by which tokens expire, that of the system by default.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Start the instance. The builder may be used again for another one.
		 * @return the running simulator
		 * @throws com.github.tomakehurst.wiremock.common.FatalStartupException if the
		 * address cannot be used or the port is taken
		 */
		public ImdsSimulator start() {
			return new ImdsSimulator(this);
		}

	}

}
