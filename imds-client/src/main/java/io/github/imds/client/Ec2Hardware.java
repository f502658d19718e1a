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
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.imds.client.ImdsDetection.Result;

/**
 * Tells EC2 instances from other machines by local signs: those of the firmware and the
 * hypervisor, and on macOS and Windows those of AWS's launch agents, which all images
 * come with.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify_ec2_instances.html">Detect
 * whether a host is an EC2 instance</a>
 * @see <a href="https://github.com/aws/ec2-macos-init">EC2 macOS Init</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-launch-agents.html">Windows
 * launch agents</a>
 */
final class Ec2Hardware {

	private static final int MAX_LENGTH = 256;

	private static final List<String> MAC_FILES = List.of("Library/LaunchDaemons/com.amazon.ec2.macos-init.plist",
			"usr/local/aws/ec2-macos-init");

	private final Path root;

	private final String osName;

	private final Function<String, @Nullable String> environment;

	Ec2Hardware(Path root) {
		this(root, System.getProperty("os.name", ""), System::getenv);
	}

	Ec2Hardware(Path root, String osName, Function<String, @Nullable String> environment) {
		this.root = root;
		this.osName = osName;
		this.environment = environment;
	}

	ImdsDetection detect() {
		if (this.osName.startsWith("Mac")) {
			return detectOnMac();
		}
		return this.osName.startsWith("Windows") ? detectOnWindows() : detectOnLinux();
	}

	private ImdsDetection detectOnLinux() {
		String vendor = read("sys/class/dmi/id/sys_vendor");
		if (vendor != null && vendor.startsWith("Amazon EC2")) {
			return new ImdsDetection(Result.PRESENT, "the system vendor is '" + vendor + "'");
		}
		String bios = read("sys/class/dmi/id/bios_version");
		if (contains(bios, "amazon")) {
			return new ImdsDetection(Result.PRESENT, "the BIOS version is '" + bios + "'");
		}
		if (vendor != null) {
			return new ImdsDetection(Result.ABSENT, "the system vendor is '" + vendor + "', not 'Amazon EC2'");
		}
		if (isXenOfEc2(bios)) {
			return new ImdsDetection(Result.PRESENT, "the hypervisor's UUID starts with 'ec2'");
		}
		String kernel = read("proc/sys/kernel/osrelease");
		if (contains(kernel, "microsoft") || contains(kernel, "linuxkit") || contains(kernel, "orbstack")) {
			return new ImdsDetection(Result.ABSENT,
					"the kernel '" + kernel + "' is that of a virtual machine on a desktop");
		}
		return new ImdsDetection(Result.UNKNOWN, "neither firmware nor hypervisor says whether this is EC2");
	}

	/**
	 * Return whether the hypervisor is that of EC2. One of 4,096 random UUIDs starts with
	 * {@code ec2}, so nothing else may contradict: the BIOS of an instance names Amazon,
	 * and so does the version of its hypervisor.
	 */
	private boolean isXenOfEc2(@Nullable String bios) {
		String uuid = read("sys/hypervisor/uuid");
		if (bios != null || uuid == null || !uuid.toLowerCase(Locale.ROOT).startsWith("ec2")) {
			return false;
		}
		String version = read("sys/hypervisor/version/extra");
		return version == null || contains(version, "amazon");
	}

	private ImdsDetection detectOnMac() {
		for (String file : MAC_FILES) {
			Path path = this.root.resolve(file);
			if (exists(path)) {
				return new ImdsDetection(Result.PRESENT, "'" + path + "' exists");
			}
		}
		return new ImdsDetection(Result.ABSENT, "this macOS has no 'ec2-macos-init', which all EC2 Mac instances have");
	}

	private ImdsDetection detectOnWindows() {
		Path programs = directory("ProgramFiles", "C:\\Program Files");
		Path data = directory("ProgramData", "C:\\ProgramData");
		for (Path path : List.of(programs.resolve("Amazon").resolve("EC2Launch"),
				data.resolve("Amazon").resolve("EC2Launch"),
				data.resolve("Amazon").resolve("EC2-Windows").resolve("Launch"))) {
			if (exists(path)) {
				return new ImdsDetection(Result.PRESENT, "'" + path + "' exists");
			}
		}
		return this.osName.contains("Server")
				? new ImdsDetection(Result.UNKNOWN, "this Windows Server has no 'EC2Launch'")
				: new ImdsDetection(Result.ABSENT, "this " + this.osName + " has no 'EC2Launch' and is not a server");
	}

	private Path directory(String variable, String fallback) {
		String directory = this.environment.apply(variable);
		try {
			return Path.of((directory != null && !directory.isBlank()) ? directory : fallback);
		}
		catch (InvalidPathException ex) {
			return Path.of(fallback);
		}
	}

	private static boolean exists(Path path) {
		try {
			return Files.exists(path);
		}
		catch (SecurityException ex) {
			return false;
		}
	}

	private static boolean contains(@Nullable String text, String part) {
		return text != null && text.toLowerCase(Locale.ROOT).contains(part);
	}

	/**
	 * Read the first line of a small file.
	 * @return the line, or {@code null} if there is none or it may not be read
	 */
	private @Nullable String read(String file) {
		// Channels and streams of lines would be loaded for this alone
		try (InputStream content = new FileInputStream(this.root.resolve(file).toFile())) {
			// Takes away a NUL at the end too
			String text = new String(content.readNBytes(MAX_LENGTH), StandardCharsets.ISO_8859_1).trim();
			int end = text.indexOf('\n');
			String line = (end >= 0) ? text.substring(0, end).trim() : text;
			return line.isEmpty() ? null : line;
		}
		catch (IOException | SecurityException ex) {
			return null;
		}
	}

}
