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

package io.github.imds.category;

import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataCategory.Support;
import io.github.imds.category.MetadataCategory.ValueType;

/**
 * Traits of a category besides its path: unless said otherwise, its value is fixed while
 * the instance runs, not sensitive, and documented.
 *
 * @param valueType the type of the value
 * @param changing whether the value can change while the instance runs
 * @param sensitive whether the value is a secret
 * @param support what AWS says about the category
 * @param since the first API version that has the category, if known
 */
record Traits(ValueType valueType, boolean changing, boolean sensitive, Support support, @Nullable String since) {

	private Traits(ValueType valueType) {
		this(valueType, false, false, Support.DOCUMENTED, null);
	}

	static Traits text() {
		return new Traits(ValueType.TEXT);
	}

	static Traits integer() {
		return new Traits(ValueType.INTEGER);
	}

	static Traits list() {
		return new Traits(ValueType.LIST);
	}

	static Traits json() {
		return new Traits(ValueType.JSON);
	}

	static Traits bytes() {
		return new Traits(ValueType.BYTES);
	}

	Traits asChanging() {
		return new Traits(this.valueType, true, this.sensitive, this.support, this.since);
	}

	Traits asSensitive() {
		return new Traits(this.valueType, this.changing, true, this.support, this.since);
	}

	Traits asUndocumented() {
		return new Traits(this.valueType, this.changing, this.sensitive, Support.UNDOCUMENTED, this.since);
	}

	Traits asWithdrawn() {
		return new Traits(this.valueType, this.changing, this.sensitive, Support.WITHDRAWN, this.since);
	}

	Traits since(String version) {
		return new Traits(this.valueType, this.changing, this.sensitive, this.support, version);
	}

}
