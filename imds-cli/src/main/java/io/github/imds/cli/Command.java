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

import java.io.IOException;

/**
 * Action of the tool for one command line.
 */
interface Command {

	/**
	 * Run the command.
	 * @param console where to write to
	 * @return the exit status
	 * @throws UsageException if the command line is invalid
	 * @throws IOException if the output cannot be written
	 */
	int run(Console console) throws IOException;

}
