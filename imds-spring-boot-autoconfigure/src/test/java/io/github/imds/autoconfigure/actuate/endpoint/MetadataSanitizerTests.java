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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetadataSanitizer}.
 */
class MetadataSanitizerTests {

	private static final Map<String, Object> TREE = Map.of("meta-data",
			Map.of("mac", "0a:1b", "ami-launch-index", 0, "security-groups", List.of("web", "ssh"), "iam",
					Map.of("info", Map.of("Code", "Success"))),
			"dynamic", Map.of("events", List.of(Map.of("State", "active"))));

	private final MetadataSanitizer sanitizer = new MetadataSanitizer(List.of());

	@Test
	void everyLeafIsMaskedAndEveryNameStays() {
		assertThat(this.sanitizer.sanitize("", TREE, false)).isEqualTo(Map.of("meta-data",
				Map.of("mac", "******", "ami-launch-index", "******", "security-groups", List.of("******", "******"),
						"iam", Map.of("info", Map.of("Code", "******"))),
				"dynamic", Map.of("events", List.of(Map.of("State", "******")))));
	}

	@Test
	void valuesAreShownAsTheyAre() {
		assertThat(this.sanitizer.sanitize("", TREE, true)).isEqualTo(TREE);
	}

	@Test
	void absentValuesStayAbsent() {
		assertThat(this.sanitizer.sanitize("meta-data/mac", null, true)).isNull();
		assertThat(this.sanitizer.sanitize("meta-data/security-groups", Arrays.asList("web", null), true))
			.isEqualTo(Arrays.asList("web", null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "DB_PASSWORD", "api.secret", "ssh-key", "Token", "my-credentials-1" })
	void tagsWhoseKeyLooksLikeThatOfASecretAreMasked(String key) {
		assertThat(this.sanitizer.sanitize("meta-data/tags/instance", Map.of(key, "hunter2", "Name", "orders-7"), true))
			.isEqualTo(Map.of(key, "******", "Name", "orders-7"));
		assertThat(this.sanitizer.sanitize("meta-data/tags/instance/" + key, "hunter2", true)).isEqualTo("******");
	}

	@Test
	void onlyTagsAreMaskedByTheirKey() {
		assertThat(this.sanitizer.sanitize("meta-data/public-keys/0/openssh-key", "ssh-rsa AAAA", true))
			.isEqualTo("ssh-rsa AAAA");
	}

	@Test
	void functionsOfTheApplicationSeePathAndValue() {
		List<String> seen = new ArrayList<>();
		SanitizingFunction function = (data) -> {
			seen.add(data.getKey() + "=" + data.getValue());
			return data.getKey().endsWith("mac") ? data.withValue("hidden") : data;
		};
		Object masked = new MetadataSanitizer(List.of(function)).sanitize("meta-data", Map.of("mac", "0a:1b"), true);
		assertThat(masked).isEqualTo(Map.of("mac", "hidden"));
		assertThat(seen).containsExactly("meta-data/mac=0a:1b");
	}

	@Test
	void functionsOfTheApplicationDoNotUnmask() {
		MetadataSanitizer sanitizer = new MetadataSanitizer(
				List.of((data) -> new SanitizableData(null, data.getKey(), "shown")));
		assertThat(sanitizer.sanitize("meta-data/tags/instance/password", "hunter2", true)).isEqualTo("******");
		assertThat(sanitizer.sanitize("meta-data/mac", "0a:1b", false)).isEqualTo("******");
	}

}
