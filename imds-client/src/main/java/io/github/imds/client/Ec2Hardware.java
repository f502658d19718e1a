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

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.imds.client.ImdsDetection.Result;

/**
 * Tells EC2 from other machines by the names that firmware and hypervisor
 * report.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify_ec2_instances.html">Detect
 * whether a host is an EC2 instance</a>
 */
final class Ec2Hardware {

	private static final int LONGEST_ANSWER = 256;

	private final Path root;

	Ec2Hardware(Path root) {
		this.root = root;
	}

	ImdsDetection detect() {
		String vendor = read("sys/class/dmi/id/sys_vendor");
		if (vendor != null && vendor.startsWith("Amazon EC2")) {
			return new ImdsDetection(Result.PRESENT, "the system vendor is '" + vendor + "'");
		}
		String hypervisor = read("sys/hypervisor/uuid");
		if (hypervisor != null && hypervisor.toLowerCase(Locale.ROOT).startsWith("ec2")) {
			return new ImdsDetection(Result.PRESENT, "the hypervisor's UUID starts with 'ec2'");
		}
		String bios = read("sys/class/dmi/id/bios_version");
		if (bios != null && bios.toLowerCase(Locale.ROOT).contains("amazon")) {
			return new ImdsDetection(Result.PRESENT, "the BIOS version is '" + bios + "'");
		}
		if (vendor != null) {
			return new ImdsDetection(Result.ABSENT, "the system vendor is '" + vendor + "', not 'Amazon EC2'");
		}
		return new ImdsDetection(Result.UNKNOWN, "neither firmware nor hypervisor says whether this is EC2");
	}

	/**
	 * Read the first line of a small file.
	 * @return the line, or {@code null} if there is none or it may not be read
	 */
	private @Nullable String read(String file) {
		// Channels and streams of lines would be loaded for this alone
		try (InputStream content = new FileInputStream(this.root.resolve(file).toFile())) {
			String text = new String(content.readNBytes(LONGEST_ANSWER), StandardCharsets.ISO_8859_1).strip();
			int end = text.indexOf('\n');
			String line = (end >= 0) ? text.substring(0, end).strip() : text;
			return line.isEmpty() ? null : line;
		}
		catch (IOException | SecurityException ex) {
			return null;
		}
	}

}
