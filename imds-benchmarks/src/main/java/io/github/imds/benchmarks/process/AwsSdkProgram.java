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

package io.github.imds.benchmarks.process;

import software.amazon.awssdk.imds.Ec2MetadataClient;

/**
 * Program that reads values with the client of the AWS SDK.
 *
 * @since 0.1.0
 */
public final class AwsSdkProgram {

	private AwsSdkProgram() {
	}

	/**
	 * Read values.
	 * @param args their paths
	 */
	public static void main(String[] args) {
		Ec2MetadataClient client = Ec2MetadataClient.create();
		Ready.print(read(client, args), client);
	}

	static int read(Ec2MetadataClient client, String... paths) {
		int found = 0;
		for (String path : paths) {
			found += client.get("/latest/" + path).asString().isEmpty() ? 0 : 1;
		}
		return found;
	}

}
