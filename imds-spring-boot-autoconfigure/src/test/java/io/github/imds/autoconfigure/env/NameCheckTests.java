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

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NameCheck}.
 */
@ExtendWith(OutputCaptureExtension.class)
class NameCheckTests {

	private final NameCheck check = new NameCheck(LogFactory.getLog(NameCheckTests.class));

	@Test
	void warningsAboutNamesFromOutsideAreBounded(CapturedOutput output) {
		for (int i = 0; i < 1000; i++) {
			this.check.check("imds.instanceId" + "[" + i + "]" + ".x" + i);
			this.check.check("imds.instance-id.x" + i);
		}
		int warnings = output.toString().split("There is no instance metadata", -1).length - 1;
		assertThat(warnings).isPositive().isLessThanOrEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.tag.instance[a\nforged]", "imds.instanceId[a\rforged", "imds.x[a\u0085forged",
			"imds.tag.instance[a\u001bforged]" })
	void aNameWritesNoLineOfTheLog(String name, CapturedOutput output) {
		this.check.check(name);
		assertThat(output).doesNotContain("forged");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "[a]", "a.", "a/", "[a", "[a:b]" })
	void aLongNameIsNotLookedAt(String part, CapturedOutput output) {
		this.check.check("imds.instanceId" + part.repeat(50_000));
		assertThat(output).doesNotContain("WARN");
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.tags.instance['Name']", "imds.tags.instance[\"Name\"]" })
	void aKeyInQuotesIsSuggestedWithoutThem(String name, CapturedOutput output) {
		this.check.check(name);
		assertThat(output).contains("Did you mean 'imds.tags.instance[Name]'?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.instance-id ", "imds.instance-id?", "imds.instance-id ? " })
	void aNameIsSuggestedWithoutCharactersThatFollowIt(String name, CapturedOutput output) {
		this.check.check(name);
		assertThat(output).contains("Did you mean 'imds.instance-id'?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.user-data", "imds.iam.security-credentials.orders-service",
			"imds.iam.security-credentials[orders-service].token" })
	void theNameOfASecretIsOneWarning(String name, CapturedOutput output) {
		this.check.check(name);
		this.check.check(name);
		assertThat(output).containsOnlyOnce("'%s' refers to a secret".formatted(name)).contains("ImdsClient");
	}

	@Test
	void aNameIsWarnedAboutOnceInAllItsUses(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			this.check.check("imds.tags.instance[aws:ec2:id]:none");
			this.check.check("imds.tags.instance[aws");
			this.check.check("imds.InstanceId");
		}
		assertThat(output).containsOnlyOnce("'${imds.tags.instance[aws\\:ec2\\:id]}'")
			.containsOnlyOnce("Did you mean 'imds.instance-id'?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.placement", "imds.tags.instance", "imds.security-groups[0]", "imds.iam.info",
			"imds.network.primary", "imds.my.own", "imds.instance-id:local", "imds.public-keys[0]" })
	void probedNameCausesNoWarning(String name, CapturedOutput output) {
		this.check.check(name);
		assertThat(output).doesNotContain("There is no");
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.meta-data.new.thing", "imds.meta-data.foo", "imds.meta-data.spot.something-new" })
	void undocumentedNameCausesNoWarning(String name, CapturedOutput output) {
		this.check.checkUndocumented(name);
		assertThat(output).doesNotContain("There is no");
	}

}
