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

package io.github.imds.sample.network;

import java.util.concurrent.CountDownLatch;

import io.github.imds.test.ImdsSimulator;

/**
 * Plays the metadata service at the addresses that are its arguments, on the port that
 * the real one has.
 *
 * @since 0.1.0
 */
public final class SimulatedService {

	private static final int PORT = 80;

	private SimulatedService() {
	}

	/**
	 * Run until the process is killed.
	 * @param addresses the addresses to listen on
	 * @throws InterruptedException never
	 */
	public static void main(String[] addresses) throws InterruptedException {
		for (String address : addresses) {
			ImdsSimulator.builder().address(address).port(PORT).start();
		}
		System.out.println("ready");
		new CountDownLatch(1).await();
	}

}
