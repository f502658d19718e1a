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

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Application that prints each change of its readiness, until its standard input ends.
 *
 * @since 0.1.0
 */
public final class WatchingApplication {

	private WatchingApplication() {
	}

	/**
	 * Start the application.
	 * @param args the arguments of Spring Boot
	 * @throws IOException if there is no standard input
	 */
	public static void main(String[] args) throws IOException {
		SpringApplication application = new SpringApplication(MeasuredApplication.class);
		application.addListeners(new Printer());
		application.run(args);
		while (System.in.read() != -1) {
			// The parent process sends nothing
		}
		Ready.print(0);
	}

	private static final class Printer implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
			System.out.println(event.getState() + " " + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
		}

	}

}
