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

import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;

/**
 * Makes WireMock answer as an instance what no stub answers. There is no catch-all stub:
 * it would have to yield to every stub of the user, and survive every reset.
 */
final class SimulatedResponses implements ResponseDefinitionTransformerV2, ResponseTransformerV2 {

	private final ImdsRequestHandler handler;

	private final SimulatedFaults faults;

	private final RequestLog requests;

	SimulatedResponses(ImdsRequestHandler handler, SimulatedFaults faults, RequestLog requests) {
		this.handler = handler;
		this.faults = faults;
		this.requests = requests;
	}

	@Override
	public String getName() {
		return "imds";
	}

	@Override
	public boolean applyGlobally() {
		return true;
	}

	@Override
	public ResponseDefinition transform(ServeEvent event) {
		Request request = event.getRequest();
		boolean forToken = ImdsRequestHandler.isTokenRequest(request);
		this.requests.add(request.getMethod() + " " + request.getUrl(), forToken);
		return isStubbed(event) ? event.getResponseDefinition() : simulate(request, forToken);
	}

	private ResponseDefinition simulate(Request request, boolean forToken) {
		return switch (this.faults.next(forToken)) {
			case NONE -> this.handler.handle(request);
			case FORBIDDEN -> ImdsRequestHandler.error(403, "Forbidden");
			case THROTTLED -> ImdsRequestHandler.error(503, "Service Unavailable");
			case RESET -> reset();
			case UNANSWERED -> {
				this.faults.awaitHopLimit();
				yield reset();
			}
		};
	}

	private static ResponseDefinition reset() {
		return ResponseDefinitionBuilder.responseDefinition().withFault(Fault.CONNECTION_RESET_BY_PEER).build();
	}

	/**
	 * Stubbed or simulated, an answer of an instance names its server and closes the
	 * connection.
	 */
	@Override
	public Response transform(Response response, ServeEvent event) {
		List<HttpHeader> headers = new ArrayList<>(response.getHeaders().all());
		if (!isStubbed(event)) {
			headers.removeIf((header) -> header.keyEquals("Matched-Stub-Id"));
		}
		if (!response.getHeaders().getHeader("Server").isPresent()) {
			headers.add(new HttpHeader("Server", "EC2ws"));
		}
		if (!response.getHeaders().getHeader("Connection").isPresent()) {
			headers.add(new HttpHeader("Connection", "close"));
		}
		return Response.Builder.like(response).headers(new HttpHeaders(headers)).build();
	}

	private static boolean isStubbed(ServeEvent event) {
		return event.getStubMapping() != StubMapping.NOT_CONFIGURED;
	}

}
