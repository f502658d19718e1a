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

package io.github.imds.autoconfigure.actuate.info;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsInfoContributor}.
 */
class ImdsInfoContributorTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final ImdsClient client = ImdsClient.builder().endpoints(this.simulator.endpoint()).build();

	@AfterEach
	void close() {
		this.client.close();
		this.simulator.close();
	}

	@Test
	void tellsWhatTheInstanceIs() {
		assertThat(details(InstanceMetadata.of(this.client)))
			.isEqualTo(Map.of("ec2", Map.of("id", "i-0123456789abcdef0", "type", "m7g.large", "zone", "eu-west-1b",
					"region", "eu-west-1", "account", "123456789012", "image", "ami-0a887e401f7654935")));
	}

	@Test
	void readsOnce() {
		ImdsInfoContributor contributor = new ImdsInfoContributor(InstanceMetadata.of(this.client), LONG);
		details(contributor);
		this.simulator.clearRequests();
		assertThat(details(contributor)).containsKey("ec2");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void omitsFactsThatAnImitationLacks() {
		this.simulator.remove("dynamic").remove("meta-data/ami-id");
		assertThat(details(InstanceMetadata.of(this.client))).isEqualTo(Map.of("ec2",
				Map.of("id", "i-0123456789abcdef0", "type", "m7g.large", "zone", "eu-west-1b", "region", "eu-west-1")));
	}

	@Test
	void tellsNothingWhenTheServiceIsOff() {
		this.simulator.enabled(false);
		ImdsInfoContributor contributor = new ImdsInfoContributor(InstanceMetadata.of(this.client), LONG);
		assertThat(details(contributor)).isEmpty();
		assertThat(details(contributor)).isEmpty();
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@Test
	void tellsNothingWhenMetadataIsDisabled() {
		try (ImdsClient disabled = ImdsClient.builder().disabled("not here").build()) {
			assertThat(details(InstanceMetadata.of(disabled))).isEmpty();
		}
	}

	@Test
	void doesNotWaitForASlowService() {
		InstanceMetadata instance = InstanceMetadata.of(this.client);
		CountDownLatch answer = new CountDownLatch(1);
		InstanceMetadata slow = (InstanceMetadata) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { InstanceMetadata.class }, (proxy, method, arguments) -> {
					answer.await();
					return method.invoke(instance, arguments);
				});
		assertThat(details(new ImdsInfoContributor(slow, Duration.ofMillis(1)))).isEmpty();
		answer.countDown();
		assertThat(details(new ImdsInfoContributor(slow, LONG))).containsKey("ec2");
	}

	private static Map<String, Object> details(InstanceMetadata instance) {
		return details(new ImdsInfoContributor(instance, LONG));
	}

	private static Map<String, Object> details(ImdsInfoContributor contributor) {
		Info.Builder builder = new Info.Builder();
		contributor.contribute(builder);
		return builder.build().getDetails();
	}

}
