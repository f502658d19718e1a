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

package io.github.imds.autoconfigure.env;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonField}.
 */
class JsonFieldTests {

	private static final JsonNode JSON = JsonMapper.shared().readTree("""
			{
			  "accountId": "123", "InstanceProfileArn": "arn:x", "number": 42, "flag": true, "none": null,
			  "products": ["a", "b"], "empty": [], "mixed": ["a", {}],
			  "events": [{ "NotBefore": "now" }, { "NotBefore": "later" }], "nested": { "deep": { "leaf": "x" } }
			}
			""");

	@ParameterizedTest
	@CsvSource(nullValues = "-", emptyValue = "EMPTY",
			value = { "account-id,123", "instance-profile-arn,arn:x", "number,42", "flag,true", "none,-",
					"products,'a,b'", "products 1,b", "products 2,-", "empty,''", "mixed,-", "events,-",
					"events 0 not-before,now", "events 1 not-before,later", "events 2 not-before,-", "events x,-",
					"nested,-", "nested deep,-", "nested deep leaf,x", "account-id x,-", "accountId,-", "unknown,-" })
	void findsTheText(String field, String text) {
		assertThat(JsonField.find(JSON, List.of(field.split(" ")))).isEqualTo("EMPTY".equals(text) ? "" : text);
	}

	@ParameterizedTest
	@CsvSource({ "accountId,account-id", "InstanceProfileArn,instance-profile-arn", "region,region", "EventId,event-id",
			"ec2Info,ec2-info" })
	void writesNamesInKebabCase(String name, String kebabCase) {
		assertThat(JsonField.kebabCase(name)).isEqualTo(kebabCase);
	}

}
