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

package io.github.imds.integration.devtools;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.imds.metadata.InstanceMetadata;

/**
 * Application that restarts twice, and says each time what it sees.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class DevtoolsApplication {

	private static final String RUN = "run";

	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(DevtoolsApplication.class, args);
		int run = Integer.getInteger(RUN, 1);
		System.out.println(
				"SEEN run=" + run + " loader=" + DevtoolsApplication.class.getClassLoader().getClass().getSimpleName()
						+ " " + context.getEnvironment().getProperty("imds.tags.instance[Run]") + " "
						+ context.getBean(InstanceMetadata.class).instanceId() + " sources="
						+ context.getEnvironment()
							.getPropertySources()
							.stream()
							.filter((source) -> source.getName().equals("imds"))
							.count());
		System.setProperty(RUN, String.valueOf(run + 1));
		if (run < 3) {
			Restarter.getInstance().restart();
		}
		else {
			System.exit(0);
		}
	}

}
