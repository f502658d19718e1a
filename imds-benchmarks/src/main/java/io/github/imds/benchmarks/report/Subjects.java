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

package io.github.imds.benchmarks.report;

import java.util.List;

/**
 * Names of the subjects.
 *
 * @since 0.1.0
 */
public final class Subjects {

	/**
	 * This project.
	 */
	public static final String IMDS = "imds";

	/**
	 * Application without a starter.
	 */
	public static final String NO_STARTER = "no starter";

	/**
	 * The same application on the version of Spring Boot that Spring Cloud AWS needs.
	 */
	public static final String NO_STARTER_OF_PEER = "no starter (peer)";

	/**
	 * Auto-configuration of Spring Cloud AWS.
	 */
	public static final String SPRING_CLOUD_AWS = "Spring Cloud AWS";

	/**
	 * Client of the AWS SDK for Java 2.
	 */
	public static final String AWS_SDK = "AWS SDK";

	/**
	 * HTTP client of the JDK alone.
	 */
	public static final String URL_CONNECTION = "HttpURLConnection";

	/**
	 * Socket without an HTTP client.
	 */
	public static final String SOCKET = "bare socket";

	/**
	 * Two requests of curl.
	 */
	public static final String CURL = "curl";

	/**
	 * Service without a fault.
	 */
	public static final String HEALTHY = "no fault";

	/**
	 * Program that does nothing.
	 */
	public static final String EMPTY_JVM = "empty JVM";

	/**
	 * Condition of a baseline that is valid for all conditions.
	 */
	public static final String ANY = "any";

	/**
	 * Kinds of threads of a JVM.
	 */
	public static final List<String> THREADS = List.of("main thread", "compilers", "garbage collector");

	private Subjects() {
	}

}
