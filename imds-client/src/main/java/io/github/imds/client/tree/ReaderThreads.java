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

package io.github.imds.client.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

import io.github.imds.ImdsUnavailableException;

/**
 * Runs tasks, which may add further ones, on the calling thread and on a bounded number
 * of others. Those are started when more is to be done than is worth doing alone, and end
 * with the last task or the first failure.
 */
final class ReaderThreads {

	/**
	 * A backlog up to this size is not worth the start of a thread.
	 */
	private static final int MIN_BACKLOG = 2;

	private final int maxHelpers;

	private final Consumer<Thread> starter;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final List<Thread> helpers = new ArrayList<>();

	private int running;

	private int idle;

	private @Nullable Throwable failure;

	ReaderThreads(int concurrency) {
		this(concurrency, Thread::start);
	}

	ReaderThreads(int concurrency, Consumer<Thread> starter) {
		this.maxHelpers = concurrency - 1;
		this.starter = starter;
	}

	/**
	 * Run a task and all that it adds. When this method returns, or throws what the first
	 * task to fail has thrown, no other thread is left.
	 * @param task the first task
	 */
	void run(Runnable task) {
		add(List.of(task), List.of());
		work();
		awaitHelpers();
		if (this.failure != null) {
			ReflectionUtils.rethrowRuntimeException(this.failure);
		}
	}

	/**
	 * Add tasks, to be called by a task.
	 * @param urgent tasks that may add others, to be run first
	 * @param others all other tasks
	 */
	void add(List<Runnable> urgent, List<Runnable> others) {
		this.lock.lock();
		try {
			if (this.failure != null) {
				return;
			}
			urgent.forEach(this.tasks::addFirst);
			this.tasks.addAll(others);
			int wanted = this.tasks.size() - MIN_BACKLOG - this.idle;
			int helpers = Math.min(wanted, this.maxHelpers - this.helpers.size());
			while (helpers > 0 && startHelper()) {
				helpers--;
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Start a thread, if there is one to be had: the tasks can be run without it.
	 */
	private boolean startHelper() {
		String name = "imds-reader-" + (this.helpers.size() + 1);
		Thread helper = new Thread(null, this::work, name, 0, false);
		helper.setDaemon(true);
		try {
			this.starter.accept(helper);
		}
		catch (OutOfMemoryError ex) {
			return false;
		}
		this.helpers.add(helper);
		return true;
	}

	private void work() {
		for (Runnable task = next(); task != null; task = next()) {
			Throwable failure = null;
			try {
				task.run();
			}
			catch (Throwable ex) {
				failure = ex;
			}
			finished(failure);
		}
	}

	/**
	 * Take the next task, as soon as there is one.
	 * @return a task, or {@code null} if all are done or one has failed
	 */
	private @Nullable Runnable next() {
		this.lock.lock();
		try {
			awaitChange();
			Runnable task = (this.failure == null) ? this.tasks.poll() : null;
			this.running += (task != null) ? 1 : 0;
			return task;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			fail(new ImdsUnavailableException("Interrupted while waiting for the instance metadata service"));
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitChange() throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
		while (this.failure == null && this.tasks.isEmpty() && this.running > 0) {
			this.idle++;
			this.changed.await();
			this.idle--;
		}
	}

	private void finished(@Nullable Throwable failure) {
		this.lock.lock();
		try {
			this.running--;
			if (failure != null) {
				fail(failure);
			}
			else if (this.running == 0) {
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void fail(Throwable failure) {
		this.failure = (this.failure != null) ? this.failure : failure;
		this.changed.signalAll();
	}

	private void awaitHelpers() {
		boolean interrupted = false;
		for (Thread helper : this.helpers) {
			while (helper.isAlive()) {
				try {
					helper.join();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
