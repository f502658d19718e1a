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

package io.github.imds.integration.testing;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(
		properties = { "spring.application.name=orders-${imds.instance-id:local}", "imds.ami-id=ami-of-the-test" })
@SimulatedInstance({ "tags/instance/Environment=production", "remove(iam)" })
class OrdersApplicationTests {

	@Autowired
	private InstanceMetadata instance;

	@Test
	void applicationIsNamedAfterTheInstance(@Value("${spring.application.name}") String name) {
		assertThat(name).isEqualTo("orders-i-0123456789abcdef0");
	}

	@Test
	void propertyOfTheTestWins(@Value("${imds.ami-id}") String imageId) {
		assertThat(imageId).isEqualTo("ami-of-the-test");
	}

	@Test
	void interruptionIsSeen(ImdsSimulator simulator) {
		simulator.interruptSpot("terminate", Instant.now().plusSeconds(120));
		assertThat(this.instance.spotAction()).isPresent();
	}

	@Test
	void thereIsNoInterruptionAtFirst() {
		assertThat(this.instance.spotAction()).isEmpty();
	}

}
