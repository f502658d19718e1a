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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import io.github.imds.autoconfigure.actuate.endpoint.ImdsEndpointWebExtension.FailureDescriptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the runtime hints of the {@link ImdsEndpoint}.
 */
class ImdsEndpointRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void register() {
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, ImdsEndpoint.class,
				ImdsEndpointWebExtension.class);
	}

	@ParameterizedTest
	@ValueSource(classes = { ImdsDescriptor.class, ServiceDescriptor.class, MetadataDescriptor.class,
			NoticeDescriptor.class, FailureDescriptor.class })
	void descriptorsCanBeWrittenAsJson(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withAnyMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS, MemberCategory.INVOKE_DECLARED_METHODS)
			.or(RuntimeHintsPredicates.reflection().onMethodInvocation(type.getRecordComponents()[0].getAccessor())))
			.accepts(this.hints);
	}

	@ParameterizedTest
	@ValueSource(classes = { ImdsEndpoint.class, ImdsEndpointWebExtension.class })
	void operationsCanBeInvoked(Class<?> type) {
		assertThat(type.getDeclaredMethods()).filteredOn((method) -> method.isAnnotationPresent(ReadOperation.class))
			.hasSize(2)
			.allMatch((method) -> RuntimeHintsPredicates.reflection().onMethodInvocation(method).test(this.hints));
	}

}
