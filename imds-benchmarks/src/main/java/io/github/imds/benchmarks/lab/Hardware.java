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

package io.github.imds.benchmarks.lab;

import java.util.List;

/**
 * Kind of machine that an application detects. The firmware's description of the real
 * machine is hidden from the process.
 *
 * @since 0.1.0
 */
public enum Hardware {

	/**
	 * Linux without a description, such as a container on another kernel.
	 */
	UNKNOWN(""),

	/**
	 * EC2 instance.
	 */
	EC2(" && mkdir -p /sys/class/dmi/id && echo 'Amazon EC2' > /sys/class/dmi/id/sys_vendor"),

	/**
	 * Machine of another vendor.
	 */
	OTHER(" && mkdir -p /sys/class/dmi/id && echo QEMU > /sys/class/dmi/id/sys_vendor");

	private final String script;

	Hardware(String description) {
		this.script = "mount -t tmpfs tmpfs /sys/class" + description
				+ " && { [ ! -d /sys/hypervisor ] || mount -t tmpfs tmpfs /sys/hypervisor; } && exec \"$@\"";
	}

	/**
	 * Return the words before a command that runs on this kind of machine, in a mount
	 * namespace of its own.
	 * @return the words
	 */
	public List<String> wrapper() {
		return List.of("sh", "-c", this.script, "sh");
	}

}
