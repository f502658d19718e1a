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

package io.github.imds.metadata;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.ImdsResponseException;
import io.github.imds.test.ImdsSimulator;

import static com.github.tomakehurst.wiremock.client.WireMock.forbidden;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for what {@link InstanceMetadata} asks the service, and how often.
 */
class InstanceMetadataCachingTests extends AbstractInstanceMetadataTests {

	private static final String DOCUMENT = "dynamic/instance-identity/document";

	InstanceMetadataCachingTests(ImdsSimulator simulator) {
		super(simulator);
	}

	@BeforeEach
	void clearRequests() {
		this.simulator.clearRequests();
	}

	static Stream<Arguments> fixed() {
		return Stream.of(argument("instanceId", InstanceMetadata::instanceId),
				argument("instanceType", InstanceMetadata::instanceType),
				argument("lifeCycle", InstanceMetadata::lifeCycle), argument("imageId", InstanceMetadata::imageId),
				argument("architecture", InstanceMetadata::architecture),
				argument("accountId", InstanceMetadata::accountId), argument("region", InstanceMetadata::region),
				argument("availabilityZone", InstanceMetadata::availabilityZone),
				argument("availabilityZoneId", InstanceMetadata::availabilityZoneId),
				argument("hostname", InstanceMetadata::hostname),
				argument("localHostname", InstanceMetadata::localHostname),
				argument("localIpv4", InstanceMetadata::localIpv4),
				argument("blockDevices", InstanceMetadata::blockDevices),
				argument("publicKeys", InstanceMetadata::publicKeys),
				argument("identityDocument", InstanceMetadata::identityDocument));
	}

	static Stream<Arguments> changing() {
		return Stream.of(argument("publicHostname", InstanceMetadata::publicHostname),
				argument("publicIpv4", InstanceMetadata::publicIpv4), argument("ipv6", InstanceMetadata::ipv6),
				argument("securityGroups", InstanceMetadata::securityGroups),
				argument("tagsEnabled", InstanceMetadata::tagsEnabled), argument("iamInfo", InstanceMetadata::iamInfo),
				argument("identityCredentialsInfo", InstanceMetadata::identityCredentialsInfo),
				argument("spotAction", InstanceMetadata::spotAction),
				argument("rebalanceRecommendation", InstanceMetadata::rebalanceRecommendation),
				argument("maintenanceEvents", InstanceMetadata::maintenanceEvents),
				argument("maintenanceHistory", InstanceMetadata::maintenanceHistory),
				argument("targetLifecycleState", InstanceMetadata::targetLifecycleState));
	}

	private static Arguments argument(String name, Function<InstanceMetadata, Object> accessor) {
		return argumentSet(name, accessor);
	}

	@ParameterizedTest
	@MethodSource("fixed")
	void fixedIsAskedForOnce(Function<InstanceMetadata, Object> accessor) {
		Object value = accessor.apply(this.instance);
		assertThat(this.simulator.valueRequests()).isPositive();
		this.simulator.clearRequests().enabled(false);
		assertThat(accessor.apply(this.instance)).isEqualTo(value);
		assertThat(this.simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("fixed")
	void fixedIsAskedForAgainAfterFailure(Function<InstanceMetadata, Object> accessor) {
		this.simulator.wireMock()
			.stubFor(get(urlPathMatching("/latest/(meta-data|dynamic)/.*")).willReturn(forbidden()));
		assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> accessor.apply(this.instance));
		this.simulator.wireMock().resetMappings();
		assertThat(accessor.apply(this.instance)).isNotNull();
	}

	@ParameterizedTest
	@MethodSource("changing")
	void changingIsAskedForEachTimeWithOneRequest(Function<InstanceMetadata, Object> accessor) {
		for (int count = 1; count <= 3; count++) {
			accessor.apply(this.instance);
			assertThat(this.simulator.valueRequests()).isEqualTo(count);
		}
	}

	@Test
	void absentFixedIsAskedForAgain() {
		this.simulator.remove("meta-data/local-ipv4");
		assertThat(this.instance.localIpv4()).isEmpty();
		this.simulator.put("meta-data/local-ipv4", "10.0.1.36");
		assertThat(this.instance.localIpv4()).hasValue("10.0.1.36");
		assertThat(this.simulator.valueRequests()).isEqualTo(2);
	}

	@Test
	void absentDirectoriesAreAskedForAgain() {
		this.simulator.remove("meta-data/block-device-mapping").remove("meta-data/public-keys");
		assertThat(this.instance.blockDevices()).isEmpty();
		assertThat(this.instance.publicKeys()).isEmpty();
		this.simulator.put("meta-data/block-device-mapping/root", "/dev/xvda")
			.put("meta-data/public-keys/0=late/openssh-key", "ssh-rsa AAAA late");
		assertThat(this.instance.blockDevices()).containsEntry("root", "/dev/xvda");
		assertThat(this.instance.publicKeys()).extracting(PublicKey::name).containsExactly("late");
	}

	@Test
	void documentThatIsAbsentAfterBootIsAskedForAgain() {
		String document = this.client.get(DOCUMENT).orElseThrow();
		this.simulator.remove("dynamic");
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(this.instance::accountId)
			.withMessageStartingWith("'" + DOCUMENT + "' is absent.");
		this.simulator.put(DOCUMENT, document).clearRequests();
		assertThat(this.instance.accountId()).isEqualTo("123456789012");
		assertThat(this.instance.architecture()).isEqualTo("arm64");
		assertThat(this.simulator.valueRequests()).isOne();
	}

	@Test
	void incompleteDocumentIsAskedForAgain() {
		String document = this.client.get(DOCUMENT).orElseThrow();
		this.simulator.put(DOCUMENT, "{\"accountId\": \"123456789012\"}");
		assertThat(this.instance.accountId()).isEqualTo("123456789012");
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(this.instance::architecture)
			.withMessage("'" + DOCUMENT + "' has no 'architecture'");
		this.simulator.put(DOCUMENT, document);
		assertThat(this.instance.architecture()).isEqualTo("arm64");
	}

	@Test
	void interfaceFactsAreNotKept() {
		String mac = "meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/";
		assertThat(this.instance.networkInterfaces().get(1).deviceNumber()).hasValue(1);
		this.simulator.put(mac + "device-number", "3");
		assertThat(this.instance.networkInterfaces().get(1).deviceNumber()).hasValue(3);
	}

	@Test
	void identityDocumentIsReadOnce() {
		this.simulator.remove("meta-data/placement/region");
		this.instance.accountId();
		this.instance.architecture();
		this.instance.region();
		assertThat(this.simulator.requests()).filteredOn((request) -> request.startsWith("GET"))
			.containsExactly("GET /latest/dynamic/instance-identity/document",
					"GET /latest/meta-data/placement/region");
	}

	@Test
	void manyThreadsAskOnce() throws InterruptedException {
		CyclicBarrier start = new CyclicBarrier(16);
		Queue<String> seen = new ConcurrentLinkedQueue<>();
		List<Thread> threads = Stream.generate(() -> new Thread(() -> {
			await(start);
			seen.add(this.instance.instanceId());
		})).limit(16).toList();
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(seen).hasSize(16).containsOnly("i-0123456789abcdef0");
		assertThat(this.simulator.valueRequests()).isOne();
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (InterruptedException | BrokenBarrierException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void credentialsTakeListingAndValueEachTime() {
		this.instance.credentials();
		this.instance.credentials();
		assertThat(this.simulator.valueRequests()).isEqualTo(4);
	}

	@Test
	void viewsShareNothing() {
		this.instance.instanceId();
		InstanceMetadata.of(this.client).instanceId();
		assertThat(this.simulator.valueRequests()).isEqualTo(2);
	}

}
