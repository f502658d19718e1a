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

package io.github.imds.benchmarks.jvm;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.imds.Ec2MetadataClient;

import io.github.imds.benchmarks.client.SocketClient;
import io.github.imds.benchmarks.client.UrlConnectionClient;
import io.github.imds.client.ImdsClient;

/**
 * Values that are read each second, each by a request, with one token for all.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init")
public class UncachedReads {

	/**
	 * System property with the base URI of the service.
	 */
	public static final String ENDPOINT = "measured.endpoint";

	private static final String PATH = "meta-data/placement/availability-zone";

	private ImdsClient imds;

	private Ec2MetadataClient awsSdk;

	private UrlConnectionClient urlConnection;

	private SocketClient socket;

	/**
	 * Create the clients.
	 * @throws IOException if the service does not answer
	 */
	@Setup
	public void createClients() throws IOException {
		URI endpoint = URI.create(System.getProperty(ENDPOINT));
		this.imds = ImdsClient.builder().endpoints(endpoint).build();
		this.awsSdk = Ec2MetadataClient.builder().endpoint(endpoint).build();
		this.urlConnection = new UrlConnectionClient(endpoint.toString());
		this.socket = new SocketClient(endpoint);
	}

	/**
	 * Close the clients.
	 */
	@TearDown
	public void closeClients() {
		this.imds.close();
		this.awsSdk.close();
	}

	/**
	 * Read with the client of this project.
	 * @return the value
	 */
	@Benchmark
	public Optional<String> imds() {
		return this.imds.get(PATH);
	}

	/**
	 * Read with the client of the AWS SDK.
	 * @return the value
	 */
	@Benchmark
	public String awsSdk() {
		return this.awsSdk.get("/latest/" + PATH).asString();
	}

	/**
	 * Read with the HTTP client of the JDK.
	 * @return the value
	 * @throws IOException if it cannot be read
	 */
	@Benchmark
	public String urlConnection() throws IOException {
		return this.urlConnection.get(PATH);
	}

	/**
	 * Read with a socket.
	 * @return the value
	 * @throws IOException if it cannot be read
	 */
	@Benchmark
	public String socket() throws IOException {
		return this.socket.get(PATH);
	}

}
