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

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Latest events of the application, sent to browsers as they happen.
 */
@Component
class LiveEvents {

	private static final int MOST_EVENTS = 20;

	private final Lock lock = new ReentrantLock();

	private final Deque<LiveEvent> events = new ArrayDeque<>();

	private final Set<SseEmitter> emitters = ConcurrentHashMap.newKeySet();

	private boolean ended;

	void publish(LiveEvent event) {
		this.lock.lock();
		try {
			this.events.addLast(event);
			if (this.events.size() > MOST_EVENTS) {
				this.events.removeFirst();
			}
			this.emitters.forEach((emitter) -> send(emitter, event));
		}
		finally {
			this.lock.unlock();
		}
	}

	List<LiveEvent> latest() {
		this.lock.lock();
		try {
			return List.copyOf(this.events);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Subscribe to events.
	 * @return an emitter that sends the latest events and then each further one
	 */
	SseEmitter subscribe() {
		SseEmitter emitter = new SseEmitter(0L);
		emitter.onCompletion(() -> this.emitters.remove(emitter));
		emitter.onTimeout(emitter::complete);
		emitter.onError((ex) -> this.emitters.remove(emitter));
		this.lock.lock();
		try {
			this.emitters.add(emitter);
			this.events.forEach((event) -> send(emitter, event));
			if (this.ended) {
				emitter.complete();
			}
		}
		finally {
			this.lock.unlock();
		}
		return emitter;
	}

	/**
	 * End all subscriptions, which would hold up a graceful shutdown.
	 */
	void complete() {
		this.lock.lock();
		try {
			this.ended = true;
			this.emitters.forEach(SseEmitter::complete);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void send(SseEmitter emitter, LiveEvent event) {
		try {
			emitter.send(event);
		}
		catch (IOException | IllegalStateException ex) {
			this.emitters.remove(emitter);
		}
	}

}
