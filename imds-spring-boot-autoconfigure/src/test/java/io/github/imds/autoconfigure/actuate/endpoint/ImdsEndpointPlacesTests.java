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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.lang.management.ManagementFactory;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

import io.github.imds.autoconfigure.actuate.TestServer;
import io.github.imds.autoconfigure.actuate.TestServer.Answer;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

/**
 * Tests for the paths and ports of the {@link ImdsEndpoint}, and the number of its
 * requests to the service.
 */
class ImdsEndpointPlacesTests {

	private static final String SHOW = "management.endpoint.imds.show-values=always";

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void anotherBasePathAndASeparatePort(WebApplicationType type) {
		try (TestServer server = TestServer.start(this.simulator, type, SHOW, "management.server.port=0",
				"management.endpoints.web.base-path=/manage", "management.endpoints.web.path-mapping.imds=ec2")) {
			Answer answer = server.getFrom("local.management.port", "/manage/ec2/meta-data/mac");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.json()).containsEntry("value", "0a:1b:2c:3d:4e:5f");
			assertThat(server.getFrom("local.management.port", "/manage/ec2").status()).isEqualTo(200);
			assertThat(server.get("/manage/ec2/meta-data/mac").status()).isEqualTo(404);
		}
	}

	@Test
	void jmx() throws Exception {
		try (TestServer server = TestServer.start(this.simulator, WebApplicationType.SERVLET,
				"management.endpoint.imds.show-values=when-authorized", "spring.jmx.enabled=true",
				"management.endpoints.jmx.domain=io.github.imds.test", "management.endpoints.jmx.exposure.include=*")) {
			MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
			String domain = server.context().getEnvironment().getProperty("management.endpoints.jmx.domain");
			ObjectName name = mbeans.queryNames(new ObjectName(domain + ":type=Endpoint,name=Imds,*"), null)
				.iterator()
				.next();
			assertThat(mbeans.invoke(name, "imds", new Object[] { "meta-data/mac" }, null)).asInstanceOf(MAP)
				.containsEntry("metadata", Map.of("meta-data", Map.of("mac", "0a:1b:2c:3d:4e:5f")));
			assertThat(mbeans.invoke(name, "metadata", new Object[] { "meta-data/placement/region" }, null))
				.isEqualTo(Map.of("path", "meta-data/placement/region", "value", "eu-west-1"));
			assertThat(mbeans.invoke(name, "metadata", new Object[] { "meta-data/none" }, null)).isNull();
			assertThatIllegalArgumentException()
				.isThrownBy(() -> throwCause(() -> mbeans.invoke(name, "metadata", new Object[] { "../env" }, null)));
		}
	}

	@Test
	void manyRequestsCostOneCrawlInTheCachePeriod() {
		try (TestServer server = TestServer.start(this.simulator, WebApplicationType.SERVLET, SHOW)) {
			server.get("/actuator/imds");
			long crawl = this.simulator.valueRequests();
			assertThat(this.simulator.requests()).contains("GET /latest/meta-data/mac");
			for (int i = 0; i < 50; i++) {
				server.get("/actuator/imds");
				server.get("/actuator/imds?pattern=meta-data/" + i + "*");
				server.get("/actuator/imds/meta-data/mac");
				server.get("/actuator/imds/meta-data/absent-" + i);
			}
			assertThat(this.simulator.valueRequests()).isEqualTo(crawl);
		}
	}

	@Test
	void timeToLiveIsASetting() {
		try (TestServer server = TestServer.start(this.simulator, WebApplicationType.SERVLET, SHOW,
				"management.endpoint.imds.cache.time-to-live=0s")) {
			server.get("/actuator/imds/meta-data/mac");
			this.simulator.put("meta-data/mac", "0a:00");
			assertThat(server.get("/actuator/imds/meta-data/mac").json()).containsEntry("value", "0a:00");
		}
	}

	private static void throwCause(ThrowingCall call) throws Throwable {
		try {
			call.run();
		}
		catch (Exception ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	private interface ThrowingCall {

		void run() throws Exception;

	}

}
