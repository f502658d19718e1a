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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of the tests that read many values at once from a simulated instance.
 */
abstract class AbstractImdsClientTreeTests {

	static final List<String> SENSITIVE = List.of("user-data", "meta-data/iam/security-credentials/orders-service",
			"meta-data/identity-credentials/ec2/security-credentials/ec2-instance");

	static final Pattern SECRET_PATH = Pattern.compile("user-data|security-credentials");

	static final JsonMapper MAPPER = JsonMapper.shared();

	final ImdsSimulator simulator = ImdsSimulator.start();

	final ImdsClient client = client(this.simulator).build();

	@AfterEach
	void close() {
		this.client.close();
		this.simulator.close();
	}

	/**
	 * Return a builder with generous time limits, as the machine may be busy.
	 */
	static ImdsClientBuilder client(ImdsSimulator simulator) {
		return ImdsClient.builder()
			.endpoints(simulator.endpoint())
			.readTimeout(Duration.ofMinutes(1))
			.timeout(Duration.ofMinutes(1));
	}

	static Map<String, String> instance() {
		try (InputStream json = ImdsSimulator.class.getResourceAsStream("tree.json")) {
			Map<String, String> instance = new TreeMap<>();
			MAPPER.readTree(json).forEachEntry((path, body) -> instance.put(path, body.asString()));
			return instance;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	static Map<String, @Nullable Object> child(Map<String, @Nullable Object> tree, String... names) {
		Object child = tree;
		for (String name : names) {
			child = ((Map<String, Object>) child).get(name);
			assertThat(child).as(name).isInstanceOf(Map.class);
		}
		return (Map<String, @Nullable Object>) child;
	}

}
