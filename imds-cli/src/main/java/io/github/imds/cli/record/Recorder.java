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

package io.github.imds.cli.record;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;

/**
 * Reads the metadata of an instance as bodies by path, as a simulated instance takes
 * them: public keys by their names as listed.
 *
 * @since 0.1.0
 */
public final class Recorder {

	private static final String PUBLIC_KEYS = "meta-data/public-keys";

	private static final String NAME = "name";

	private final ImdsClient client;

	private final Consumer<String> complaints;

	private final Map<String, byte[]> bodies = new TreeMap<>();

	private Recorder(ImdsClient client, Consumer<String> complaints) {
		this.client = client;
		this.complaints = complaints;
	}

	/**
	 * Record an instance.
	 * @param client the client to read with
	 * @param userData whether user data is recorded
	 * @param secrets whether credentials are recorded, rather than made up
	 * @param complaints told what is left out
	 * @return the bodies by path
	 */
	public static Map<String, byte[]> record(ImdsClient client, boolean userData, boolean secrets,
			Consumer<String> complaints) {
		Recorder recorder = new Recorder(client, complaints);
		recorder.addTree("", "", client.tree(""));
		recorder.addCredentials(secrets);
		if (userData) {
			recorder.add("user-data", "user-data");
		}
		return recorder.bodies;
	}

	private void addTree(String path, String recorded, Map<?, ?> directory) {
		directory.forEach((key, value) -> {
			String name = key.toString();
			String child = join(path, name);
			if (path.equals(PUBLIC_KEYS) && value instanceof Map<?, ?> publicKey) {
				addPublicKey(child, name, publicKey);
			}
			else if (value instanceof Map<?, ?> children && MetadataCategory.of(child).isEmpty()) {
				addTree(child, join(recorded, name), children);
			}
			else {
				add(child, join(recorded, name));
			}
		});
	}

	private void addPublicKey(String path, String index, Map<?, ?> formats) {
		Object keyName = formats.get(NAME);
		String recorded = join(PUBLIC_KEYS, (keyName != null) ? index + "=" + keyName : index);
		formats.keySet()
			.stream()
			.map(Object::toString)
			.filter((format) -> !format.equals(NAME))
			.forEach((format) -> add(join(path, format), join(recorded, format)));
	}

	/**
	 * Credentials are not even read unless they are to be recorded.
	 */
	private void addCredentials(boolean secrets) {
		for (MetadataCategory category : MetadataCategory.values()) {
			if (!category.sensitive() || category == MetadataCategory.USER_DATA) {
				continue;
			}
			int slash = category.pattern().lastIndexOf('/');
			String directory = category.pattern().substring(0, slash);
			String name = category.pattern().substring(slash + 1);
			for (String listed : this.client.list(directory)) {
				if (!name.startsWith("{") && !name.equals(listed)) {
					continue;
				}
				String path = join(directory, listed);
				if (secrets) {
					add(path, path);
				}
				else {
					this.bodies.put(path, MadeUp.credentials(Instant.now()));
				}
			}
		}
	}

	private void add(String path, String recorded) {
		byte[] body = read(path);
		if (body != null) {
			this.bodies.put(recorded, body);
		}
	}

	private byte @Nullable [] read(String path) {
		try {
			return this.client.getBytes(path).orElse(null);
		}
		catch (ImdsResponseException ex) {
			this.complaints.accept(path + " is left out: " + ex.getMessage());
			return null;
		}
	}

	private static String join(String directory, String name) {
		return directory.isEmpty() ? name : directory + "/" + name;
	}

}
