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

package io.github.imds.sample;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.github.imds.ImdsException;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

/**
 * Shows the three ways to read instance metadata: as a page for a browser, as JSON for
 * other clients.
 */
@Controller
class HomeController {

	private final String application;

	private final String instanceId;

	private final SampleProperties properties;

	private final ImdsClient imds;

	private final MetadataBrowser browser;

	private final @Nullable ImdsSimulator simulator;

	private final ApplicationAvailability availability;

	HomeController(@Value("${spring.application.name}") String application,
			@Value("${imds.instance-id:local}") String instanceId, SampleProperties properties, ImdsClient imds,
			MetadataBrowser browser, @Nullable ImdsSimulator simulator, ApplicationAvailability availability) {
		this.application = application;
		this.instanceId = instanceId;
		this.properties = properties;
		this.imds = imds;
		this.browser = browser;
		this.simulator = simulator;
		this.availability = availability;
	}

	@GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
	ModelAndView html(@RequestParam(required = false) @Nullable String path) {
		Home home = home(path);
		boolean ready = this.availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
		return new ModelAndView("home", Map.of("home", home, "readiness", this.availability.getReadinessState(),
				"readinessClass", ready ? "on" : "off", "simulated", this.simulator != null), home.status());
	}

	@GetMapping("/")
	ResponseEntity<Home> json(@RequestParam(required = false) @Nullable String path) {
		Home home = home(path);
		return ResponseEntity.status(home.status()).body(home);
	}

	private Home home(@Nullable String path) {
		String source = (this.simulator != null) ? "Simulated instance at " + this.simulator.endpoint()
				: "Instance metadata service, read with " + this.imds;
		String instanceType = "unknown";
		try {
			instanceType = this.imds.get("meta-data/instance-type").orElse(instanceType);
		}
		catch (ImdsException ex) {
			source = "No instance metadata. " + ex.getMessage();
		}
		return new Home(this.application, source, this.instanceId, this.properties, instanceType,
				(path != null) ? this.browser.read(path) : null);
	}

}
