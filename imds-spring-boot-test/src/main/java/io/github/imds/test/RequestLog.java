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

package io.github.imds.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The latest requests, bounded so that a simulator may run for long, and counts of all.
 */
final class RequestLog {

	static final int CAPACITY = 1000;

	private final Deque<String> requests = new ArrayDeque<>();

	private long tokenRequests;

	private long valueRequests;

	synchronized void add(String request, boolean forToken) {
		if (this.requests.size() == CAPACITY) {
			this.requests.removeFirst();
		}
		this.requests.addLast(request);
		if (forToken) {
			this.tokenRequests++;
		}
		else {
			this.valueRequests++;
		}
	}

	synchronized List<String> latest() {
		return List.copyOf(this.requests);
	}

	synchronized long tokenRequests() {
		return this.tokenRequests;
	}

	synchronized long valueRequests() {
		return this.valueRequests;
	}

	synchronized void clear() {
		this.requests.clear();
		this.tokenRequests = 0;
		this.valueRequests = 0;
	}

}
