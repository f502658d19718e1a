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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MissingProperty}. What a started application shows is tested in
 * {@link ImdsPlaceholderFailureAnalyzerTests}.
 */
class MissingPropertyTests {

	@Test
	void reasonNamesTheSystemVendor(@TempDir Path root) throws IOException {
		Path vendor = root.resolve("sys/class/dmi/id/sys_vendor");
		Files.createDirectories(vendor.getParent());
		Files.writeString(vendor, "QEMU\n");
		ImdsClientBuilder builder = ImdsClient.builder().detectHardware(root);
		MissingProperty property = new MissingProperty("imds.instance-id");
		assertThat(property.explainName()).isNull();
		assertThat(property.explainValue(builder.detect(), builder.build()).reason())
			.isEqualTo("Instance metadata is not used: the system vendor is 'QEMU', not 'Amazon EC2'.");
	}

}
