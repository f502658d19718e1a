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

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Output streams of the tool.
 *
 * @param output standard output, buffered
 * @param errors standard error
 * @param isTerminal whether standard output is a terminal
 */
record Console(OutputStream output, PrintStream errors, boolean isTerminal) {

	private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

	static Console ofProcess() {
		OutputStream output = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
		PrintStream errors = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
		return new Console(output, errors, isOutputTerminal());
	}

	void complain(@Nullable String message) {
		this.errors.println("imds: " + message);
	}

	/**
	 * Write a line to standard output.
	 * @param line the line
	 * @throws IOException if it cannot be written
	 */
	void println(String line) throws IOException {
		this.output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Java tells only whether input and output together are a terminal, Linux tells of
	 * each.
	 */
	private static boolean isOutputTerminal() {
		try {
			String target = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
			return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
		}
		catch (IOException | UnsupportedOperationException ex) {
			return System.console() != null;
		}
	}

}
