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

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Executors that run their tasks in order on one thread. The thread exists only while it
 * is needed, and is virtual if the application uses virtual threads.
 */
final class SingleThread {

	private SingleThread() {
	}

	/**
	 * Create an executor that ignores tasks once it is shut down.
	 */
	static ScheduledThreadPoolExecutor executor(String threadName, Environment environment) {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1,
				threadFactory(threadName, environment), new ThreadPoolExecutor.DiscardPolicy());
		executor.setRemoveOnCancelPolicy(true);
		executor.setKeepAliveTime(10, TimeUnit.SECONDS);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	private static ThreadFactory threadFactory(String threadName, Environment environment) {
		if (Threading.VIRTUAL.isActive(environment)) {
			return new VirtualThreadTaskExecutor(threadName).getVirtualThreadFactory();
		}
		CustomizableThreadFactory threadFactory = new CustomizableThreadFactory(threadName);
		threadFactory.setDaemon(true);
		return threadFactory;
	}

}
