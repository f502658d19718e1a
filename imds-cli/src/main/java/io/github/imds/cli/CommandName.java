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

package io.github.imds.cli;

import java.util.Optional;

/**
 * The commands of the tool. All but the first are named by the first operand.
 */
enum CommandName {

	/** Print metadata. */
	READ("imds"),

	/** Simulate an instance. */
	SERVE("serve"),

	/** Record an instance. */
	RECORD("record"),

	/** Watch for lifecycle notices. */
	WATCH("watch");

	private final String word;

	CommandName(String word) {
		this.word = word;
	}

	static Optional<CommandName> of(String operand) {
		for (CommandName name : values()) {
			if (name != READ && name.word.equals(operand)) {
				return Optional.of(name);
			}
		}
		return Optional.empty();
	}

	/**
	 * Return the resource that holds the help text.
	 * @return the name of the resource, relative to this class
	 */
	String help() {
		return "help/" + this.word + ".txt";
	}

	/**
	 * Return the command as people write it.
	 * @return the words
	 */
	@Override
	public String toString() {
		return (this == READ) ? this.word : "imds " + this.word;
	}

}
