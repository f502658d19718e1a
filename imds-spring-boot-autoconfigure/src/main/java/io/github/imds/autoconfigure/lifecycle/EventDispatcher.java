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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.github.imds.lifecycle.LifecycleEvent;

/**
 * Publishes events to the listeners of one context, in order and on a thread of its own,
 * so that a listener that blocks holds up nothing but further listeners.
 */
final class EventDispatcher {

	private static final Log logger = LogFactory.getLog(InstanceLifecycle.class);

	private static final String THREAD_NAME = "imds-events-";

	private final ApplicationContext context;

	private final ExecutorService executor;

	EventDispatcher(ApplicationContext context) {
		this.context = context;
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threadFactory(context));
		executor.allowCoreThreadTimeOut(true);
		this.executor = executor;
	}

	private static ThreadFactory threadFactory(ApplicationContext context) {
		if (Threading.VIRTUAL.isActive(context.getEnvironment())) {
			return new VirtualThreadTaskExecutor(THREAD_NAME).getVirtualThreadFactory();
		}
		CustomizableThreadFactory threadFactory = new CustomizableThreadFactory(THREAD_NAME);
		threadFactory.setDaemon(true);
		return threadFactory;
	}

	void dispatch(LifecycleEvent event) {
		try {
			this.executor.execute(() -> publish(event));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Not publishing in a closed context: " + event);
		}
	}

	/**
	 * Publish an event in this context only: a parent context hears it by itself, and a
	 * child context does, too.
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
