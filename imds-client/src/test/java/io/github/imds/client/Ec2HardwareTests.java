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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.client.ImdsDetection.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Ec2Hardware}.
 */
class Ec2HardwareTests {

	@TempDir
	private Path root;

	@ParameterizedTest
	@CsvSource({ "sys/class/dmi/id/sys_vendor, Amazon EC2, PRESENT", "sys/class/dmi/id/sys_vendor, LENOVO, ABSENT",
			"sys/class/dmi/id/sys_vendor, QEMU, ABSENT", "sys/hypervisor/uuid, ec2e1916-9099, PRESENT",
			"sys/hypervisor/uuid, EC2E1916-9099, PRESENT", "sys/hypervisor/uuid, 00000000-0000, UNKNOWN",
			"proc/sys/kernel/osrelease, 5.15.153.1-microsoft-standard-WSL2, ABSENT",
			"proc/sys/kernel/osrelease, 6.6.31-linuxkit, ABSENT",
			"proc/sys/kernel/osrelease, 6.12.15-orbstack-00304-gd0ddcf70447d, ABSENT",
			"proc/sys/kernel/osrelease, 4.4.0, UNKNOWN", "sys/class/dmi/id/bios_version, 4.11.amazon, PRESENT",
			"sys/class/dmi/id/bios_version, 1.0, UNKNOWN" })
	void oneSignalDecides(String file, String content, Result result) throws IOException {
		write(file, content + "\n");
		assertThat(linux().detect().result()).isEqualTo(result);
	}

	@Test
	void xenInstancesHaveAnotherVendor() throws IOException {
		write("sys/class/dmi/id/sys_vendor", "Xen\n");
		write("sys/class/dmi/id/bios_version", "4.11.amazon\n");
		write("sys/hypervisor/uuid", "ec2e1916-9099-7caf-fd21-012345abcdef\n");
		assertThat(linux().detect().result()).isEqualTo(Result.PRESENT);
	}

	@Test
	void namesTheSignalThatDecided() throws IOException {
		write("sys/class/dmi/id/sys_vendor", "innotek GmbH\n");
		assertThat(linux().detect().reason()).contains("system vendor", "innotek GmbH");
	}

	@Test
	void nothingCanBeToldWithoutFiles() {
		assertThat(linux().detect().result()).isEqualTo(Result.UNKNOWN);
	}

	@Test
	void emptyFileIsIgnored() throws IOException {
		write("sys/class/dmi/id/sys_vendor", "\n");
		assertThat(linux().detect().result()).isEqualTo(Result.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\0", " \0\n", "\0\0\0" })
	void aFileOfNothingButNulSaysNothing(String content) throws IOException {
		write("sys/class/dmi/id/sys_vendor", content);
		assertThat(linux().detect().result()).isEqualTo(Result.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Amazon EC2\0", "Amazon EC2\0\n", "Amazon EC2 \n\0" })
	void aNulAtTheEndIsNotPartOfTheReason(String content) throws IOException {
		write("sys/class/dmi/id/sys_vendor", content);
		assertThat(linux().detect()).isEqualTo(new ImdsDetection(Result.PRESENT, "the system vendor is 'Amazon EC2'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Microsoft Corporation", "Google", "OpenStack Foundation", "DigitalOcean", "Hetzner",
			"VMware, Inc.", "Apple Inc.", "Xen", "oVirt", "To Be Filled By O.E.M." })
	void otherVendorsAreAbsentWhateverElseTheyHave(String vendor) throws IOException {
		write("sys/class/dmi/id/sys_vendor", vendor + "\n");
		write("sys/hypervisor/uuid", "ec2e1916-9099-7caf-fd21-012345abcdef\n");
		assertThat(linux().detect().result()).isEqualTo(Result.ABSENT);
	}

	@Test
	void invalidWindowsPathIsReplacedByTheUsualDirectory() {
		Ec2Hardware windows = new Ec2Hardware(this.root, "Windows 11", (name) -> "no\0path");
		assertThat(windows.detect().result()).isEqualTo(Result.ABSENT);
	}

	@Test
	void directoryInPlaceOfAFileIsIgnored() throws IOException {
		Files.createDirectories(this.root.resolve("sys/class/dmi/id/sys_vendor"));
		assertThat(linux().detect().result()).isEqualTo(Result.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource({ "sys/class/dmi/id/sys_vendor, Xen, ABSENT", "sys/class/dmi/id/bios_version, 4.17, UNKNOWN",
			"sys/hypervisor/version/extra, -unstable, UNKNOWN", "sys/hypervisor/version/extra, .amazon, PRESENT" })
	void aRandomUuidOfXenIsNotTakenForEc2(String file, String content, Result result) throws IOException {
		write("sys/hypervisor/uuid", "ec2a8f1c-5b1e-4c5e-9d0a-1f2e3d4c5b6a\n");
		write(file, content + "\n");
		assertThat(linux().detect().result()).isEqualTo(result);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Library/LaunchDaemons/com.amazon.ec2.macos-init.plist", "usr/local/aws/ec2-macos-init" })
	void aMacOfEc2HasItsLaunchAgent(String file) throws IOException {
		Ec2Hardware mac = new Ec2Hardware(this.root, "Mac OS X", (name) -> null);
		assertThat(mac.detect().result()).isEqualTo(Result.ABSENT);
		write(file, "");
		assertThat(mac.detect().result()).isEqualTo(Result.PRESENT);
		assertThat(mac.detect().reason()).contains(Path.of(file).getFileName().toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "programs/Amazon/EC2Launch", "data/Amazon/EC2Launch", "data/Amazon/EC2-Windows/Launch" })
	void aWindowsOfEc2HasALaunchAgent(String directory) throws IOException {
		assertThat(windows("Windows 11").detect().result()).isEqualTo(Result.ABSENT);
		assertThat(windows("Windows Server 2022").detect().result()).isEqualTo(Result.UNKNOWN);
		Files.createDirectories(this.root.resolve(directory));
		assertThat(windows("Windows 11").detect().result()).isEqualTo(Result.PRESENT);
		assertThat(windows("Windows Server 2022").detect().reason()).contains("Launch");
	}

	private Ec2Hardware linux() {
		return new Ec2Hardware(this.root, "Linux", (name) -> null);
	}

	private Ec2Hardware windows(String osName) {
		return new Ec2Hardware(this.root, osName,
				(name) -> this.root.resolve(name.equals("ProgramFiles") ? "programs" : "data").toString());
	}

	private void write(String file, String content) throws IOException {
		Path path = this.root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, content);
	}

}
