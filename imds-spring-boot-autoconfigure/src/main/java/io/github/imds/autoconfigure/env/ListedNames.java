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

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Names that the property source lists: the names that were read, and one name below each
 * directory, so that nested {@code @ConfigurationProperties} bind. If all names were
 * listed, code that iterates over all property sources would cause a request for each.
 */
final class ListedNames {

	private static final String SUFFIX = ".on-demand";

	/**
	 * Names without a value. They only indicate that properties can exist.
	 */
	static final String[] DIRECTORIES = { "imds.autoscaling.on-demand", "imds.block-device-mapping.on-demand",
			"imds.dynamic.fws.on-demand", "imds.dynamic.instance-identity.document.on-demand",
			"imds.elastic-gpus.associations.on-demand", "imds.elastic-inference.associations.on-demand",
			"imds.events.maintenance.history.on-demand", "imds.events.maintenance.scheduled.on-demand",
			"imds.events.recommendations.rebalance.on-demand", "imds.hibernation.on-demand", "imds.iam.info.on-demand",
			"imds.identity-credentials.ec2.info.on-demand", "imds.managed-ssh-keys.active-keys.on-demand",
			"imds.metrics.on-demand", "imds.network.interfaces.macs.on-demand", "imds.network.primary.on-demand",
			"imds.placement.on-demand", "imds.public-keys.on-demand", "imds.services.on-demand",
			"imds.spot.instance-action.on-demand", "imds.tags.instance.on-demand" };

	private final Set<String> read = ConcurrentHashMap.newKeySet();

	private final Lock lock = new ReentrantLock();

	private volatile String[] names = DIRECTORIES;

	/**
	 * Return whether a name only indicates that properties can exist.
	 */
	static boolean isDirectory(String name) {
		return name.endsWith(SUFFIX) && Arrays.asList(DIRECTORIES).contains(name);
	}

	String[] names() {
		return this.names;
	}

	/**
	 * Add a name that was read, unless it belongs to an element of a list: Spring Boot
	 * would take the listed elements for the whole list.
	 */
	void add(String name) {
		if (!Element.INDEX.matcher(name).find() && this.read.size() < PropertyValues.MAX_SIZE && this.read.add(name)) {
			update();
		}
	}

	void clear() {
		this.read.clear();
		update();
	}

	/**
	 * Publish the names, one thread at a time, or one of them could undo another's.
	 */
	private void update() {
		this.lock.lock();
		try {
			String[] read = this.read.toArray(new String[0]);
			Arrays.sort(read);
			String[] names = Arrays.copyOf(read, read.length + DIRECTORIES.length);
			System.arraycopy(DIRECTORIES, 0, names, read.length, DIRECTORIES.length);
			this.names = names;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Loaded with the first name that is read.
	 */
	private static final class Element {

		private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

	}

}
