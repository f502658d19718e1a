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

package io.github.imds.autoconfigure.lifecycle;

import java.util.concurrent.ExecutorService;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

import io.github.imds.lifecycle.LifecycleEvent;

/**
 * Publishes events to the listeners of one context, in order and on a separate thread, so
 * that a listener that blocks delays only further listeners.
 */
final class EventDispatcher {

	private static final Log logger = LogFactory.getLog(InstanceLifecycle.class);

	private final ApplicationContext context;

	private final ExecutorService executor;

	EventDispatcher(ApplicationContext context) {
		this.context = context;
		this.executor = SingleThread.executor("imds-events-", context.getEnvironment());
	}

	void dispatch(LifecycleEvent event) {
		this.executor.execute(() -> publish(event));
	}

	/**
	 * Publish an event in this context only, because parent and child contexts have
	 * dispatchers of their own.
	 */
	private void publish(LifecycleEvent event) {
		try {
			PayloadApplicationEvent<LifecycleEvent> applicationEvent = new PayloadApplicationEvent<>(this.context,
					event, ResolvableType.forClass(event.getClass()));
			this.context
				.getBean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
						ApplicationEventMulticaster.class)
				.multicastEvent(applicationEvent, applicationEvent.getResolvableType());
		}
		catch (RuntimeException | Error ex) {
			logger.error("Listener failed with " + event, ex);
		}
	}

	void close() {
		this.executor.shutdownNow();
	}

}
