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

package io.github.imds.integration.war;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.context.WebApplicationContext;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;

/**
 * Web application that reads metadata in every way when it is deployed, in a class loader
 * of its own.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WarApplication extends SpringBootServletInitializer {

	@Override
	protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
		return builder.sources(WarApplication.class)
			.properties("spring.main.banner-mode=off", "spring.jmx.enabled=false");
	}

	@Override
	protected WebApplicationContext run(org.springframework.boot.SpringApplication application) {
		WebApplicationContext context = super.run(application);
		ConfigurableApplicationContext configurable = (ConfigurableApplicationContext) context;
		ImdsClient client = configurable.getBean(ImdsClient.class);
		String id = configurable.getEnvironment().getProperty("imds.instance-id");
		client.everything();
		configurable.getBean(InstanceMetadata.class).tags();
		context.getServletContext().setAttribute("instance-id", id);
		return context;
	}

}
