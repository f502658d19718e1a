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

package io.github.imds.docs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.imds.ImdsException;
import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the table of the typed view with its methods, one by one.
 */
class TypedViewPageTests {

	private static final List<Row> ROWS = Tables.rows("instance-metadata.md", "method", "returns")
		.stream()
		.flatMap((cells) -> Tables.code(cells.get(0))
			.stream()
			.map((method) -> new Row(method.replace("()", ""), cells.get(2), cells.get(3))))
		.toList();

	@Test
	void namesEveryMethod() {
		assertThat(ROWS).extracting(Row::method)
			.containsExactlyInAnyOrderElementsOf(methods().map(Method::getName).toList());
	}

	@Test
	void absenceIsAsDocumented() {
		try (ImdsSimulator simulator = ImdsSimulator.builder().tree(Map.of("meta-data/other", "1")).start()) {
			assertThat(ROWS).allSatisfy((row) -> assertThat(withoutTheValue(row, simulator)).as(row.method())
				.isEqualTo(row.withoutTheValue()));
		}
	}

	@Test
	void onlyDocumentedValuesAreKept() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			simulator.put("meta-data/public-hostname", "host.example.com")
				.put("meta-data/public-ipv4", "192.0.2.1")
				.put("meta-data/ipv6", "2001:db8::1")
				.interruptSpot("terminate", Instant.now())
				.recommendRebalance(Instant.now())
				.targetLifecycleState("InService");
			assertThat(ROWS).allSatisfy(
					(row) -> assertThat(isKept(row, simulator) ? "yes" : "no").as(row.method()).isEqualTo(row.kept()));
		}
	}

	@Test
	void everyMethodThrowsOffEc2() throws ReflectiveOperationException {
		try (ImdsClient client = ImdsClient.builder().disabled("not an EC2 instance").build()) {
			for (Method method : methods().toList()) {
				assertThat(result(method, InstanceMetadata.of(client))).as(method.getName())
					.isEqualTo("`ImdsUnavailableException`");
			}
		}
	}

	private static String withoutTheValue(Row row, ImdsSimulator simulator) throws ReflectiveOperationException {
		try (ImdsClient client = client(simulator)) {
			return result(InstanceMetadata.class.getMethod(row.method()), InstanceMetadata.of(client));
		}
	}

	private static String result(Method method, InstanceMetadata instance) throws ReflectiveOperationException {
		try {
			Object result = method.invoke(instance);
			if (result instanceof Optional<?> optional && optional.isEmpty()) {
				return "empty";
			}
			if (result instanceof Collection<?> collection && collection.isEmpty()) {
				return "empty list";
			}
			if (result instanceof Map<?, ?> map && map.isEmpty()) {
				return "empty map";
			}
			return "`" + result + "`";
		}
		catch (InvocationTargetException ex) {
			assertThat(ex.getCause()).isInstanceOf(ImdsException.class);
			return "`" + ex.getCause().getClass().getSimpleName() + "`";
		}
	}

	private static boolean isKept(Row row, ImdsSimulator simulator) throws ReflectiveOperationException {
		try (ImdsClient client = client(simulator)) {
			InstanceMetadata instance = InstanceMetadata.of(client);
			Method method = InstanceMetadata.class.getMethod(row.method());
			List<Long> requests = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				simulator.clearRequests();
				method.invoke(instance);
				requests.add(simulator.valueRequests());
			}
			assertThat(requests.get(0)).as("requests of the first call").isPositive();
			return requests.get(2) == 0;
		}
	}

	private static ImdsClient client(ImdsSimulator simulator) {
		return ImdsClient.builder().endpoints(simulator.endpoint()).build();
	}

	private static Stream<Method> methods() {
		return Stream.of(InstanceMetadata.class.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()));
	}

	/**
	 * A row of the page about a method.
	 *
	 * @param method the name of the method
	 * @param withoutTheValue the result, or the exception, if the instance lacks the
	 * value
	 * @param kept whether the value is kept, {@code yes} or {@code no}
	 */
	private record Row(String method, String withoutTheValue, String kept) {

	}

}
