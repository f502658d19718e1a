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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.global.GlobalSettings;

/**
 * A simulated EC2 instance: a server on the loopback interface that behaves as the
 * Instance Metadata Service does, with IMDSv2 enforced. Requests need a session token,
 * every answer closes its connection, directories and their listings follow from the
 * paths of the values.
 * <p>
 * The default instance is a Spot instance in {@code eu-west-1} with two network
 * interfaces, two public keys, five tags, an instance role and user data; it has no
 * interruption notice and no rebalance recommendation. Its identity document is signed by
 * a test key, whose certificate is the class path resource
 * {@code io/github/imds/test/identity-certificate.pem}.
 * <p>
 * The instance may be changed while it runs, from any thread. Paths are those below the
 * version, such as {@code meta-data/instance-id}, without a slash at either end and not
 * percent-encoded. A public key is written with its name as listed, such as
 * {@code meta-data/public-keys/0=my-key/openssh-key}, and served at
 * {@code meta-data/public-keys/0/openssh-key}.
 *
 * @since 0.1.0
 * @see SimulatedInstance
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html">Use
 * the Instance Metadata Service to access instance metadata</a>
 */
public final class ImdsSimulator implements AutoCloseable {

	private final MetadataTree tree;

	private final SessionTokens tokens;

	private final ImdsRequestHandler handler;

	private final RequestLog requests = new RequestLog();

	private final WireMockServer wireMock;

	private final URI endpoint;

	private ImdsSimulator(Builder builder) {
		this.tree = builder.tree.copy();
		this.tokens = new SessionTokens(builder.clock);
		this.handler = new ImdsRequestHandler(this.tree, this.tokens);
		this.wireMock = SimulatedServer.create(builder.address, builder.port,
				new SimulatedResponses(this.handler, this.requests));
		this.wireMock.start();
		String host = builder.address.contains(":") ? "[" + builder.address + "]" : builder.address;
		this.endpoint = URI.create("http://" + host + ":" + this.wireMock.port());
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
	 * Return where the service is reached.
	 * @return the base URI, without a path, for example {@code http://127.0.0.1:40404}
	 */
	public URI endpoint() {
		return this.endpoint;
	}

	/**
	 * Set the value at a path, which need not exist yet.
	 * @param path the path below the version
	 * @param body the value, served as UTF-8
	 * @return this simulator
	 * @throws IllegalArgumentException if the path is malformed, is a directory, or is
	 * below a value
	 */
	public ImdsSimulator put(String path, String body) {
		return put(path, body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Set the value at a path, which need not exist yet.
	 * @param path the path below the version
	 * @param body the value, served byte for byte
	 * @return this simulator
	 * @throws IllegalArgumentException if the path is malformed, is a directory, or is
	 * below a value
	 */
	public ImdsSimulator put(String path, byte[] body) {
		this.tree.put(path, body);
		return this;
	}

	/**
	 * Remove the value at a path, or a directory with all that is below it. Nothing
	 * happens if there is neither.
	 * @param path the path below the version
	 * @return this simulator
	 * @throws IllegalArgumentException if the path is malformed
	 */
	public ImdsSimulator remove(String path) {
		this.tree.remove(path);
		return this;
	}

	/**
	 * Set a tag of the instance. A tag is removed with
	 * {@code remove("meta-data/tags/instance/" + key)}; without any tag,
	 * {@code meta-data/tags} is absent, as when tags are not enabled in metadata.
	 * @param key the key, which need not exist yet
	 * @param value the value
	 * @return this simulator
	 * @throws IllegalArgumentException if the key cannot be part of a path
	 */
	public ImdsSimulator tag(String key, String value) {
		return put("meta-data/tags/instance/" + key, value);
	}

	/**
	 * Delay every answer, those of stubs too.
	 * @param latency the delay, to the millisecond; zero for none
	 * @return this simulator
	 * @throws IllegalArgumentException if the latency is negative
	 */
	public ImdsSimulator latency(Duration latency) {
		if (latency.isNegative()) {
			throw new IllegalArgumentException("Latency must not be negative: " + latency);
		}
		this.wireMock.setGlobalFixedDelay(Math.toIntExact(latency.toMillis()));
		return this;
	}

	/**
	 * Switch the service on or off. While it is off, every request is answered with 403.
	 * @param enabled whether the service is on
	 * @return this simulator
	 */
	public ImdsSimulator enabled(boolean enabled) {
		this.handler.setEnabled(enabled);
		return this;
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
	 * Return to the state after the start: values, latency, whether the service is on,
	 * stubs and requests. Tokens stay as they are, issued ones valid and revoked ones
	 * revoked.
	 * @return this simulator
	 */
	public ImdsSimulator reset() {
		this.tree.reset();
		this.handler.setEnabled(true);
		this.wireMock.resetAll();
		this.wireMock.updateGlobalSettings(GlobalSettings.defaults());
		return clearRequests();
	}

	/**
	 * Return the server behind the simulation, for its journal, which keeps the latest
	 * 1,000 requests, and for faults. A stub wins over the simulation; what no stub
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
		this.wireMock.stop();
	}

	/**
	 * Builds an {@link ImdsSimulator}. What is set here is the state that
	 * {@link ImdsSimulator#reset()} returns to.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private MetadataTree tree = MetadataTree.ofDefaultInstance();

		private String address = "127.0.0.1";

		private int port;

		private InstantSource clock = Clock.systemUTC();

		private Builder() {
		}

		/**
		 * Replace all values, those of the default instance and those put so far.
		 * @param tree the values by path below the version
		 * @return this builder
		 * @throws IllegalArgumentException if a path is malformed or below another one
		 */
		public Builder tree(Map<String, String> tree) {
			this.tree = MetadataTree.of(tree);
			return this;
		}

		/**
		 * Set the value at a path.
		 * @param path the path below the version
		 * @param body the value, served as UTF-8
		 * @return this builder
		 * @throws IllegalArgumentException if the path is malformed, is a directory, or
		 * is below a value
		 */
		public Builder put(String path, String body) {
			return put(path, body.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * Set the value at a path.
		 * @param path the path below the version
		 * @param body the value, served byte for byte
		 * @return this builder
		 * @throws IllegalArgumentException if the path is malformed, is a directory, or
		 * is below a value
		 */
		public Builder put(String path, byte[] body) {
			this.tree.put(path, body);
			return this;
		}

		/**
		 * Remove the value at a path, or a directory with all that is below it. Nothing
		 * happens if there is neither.
		 * @param path the path below the version
		 * @return this builder
		 * @throws IllegalArgumentException if the path is malformed
		 */
		public Builder remove(String path) {
			this.tree.remove(path);
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
