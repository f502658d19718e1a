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

package io.github.imds.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.imds.cli.text.DocumentWriter;
import io.github.imds.client.ImdsClient;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.LifecycleWatcher;

/**
 * Prints the lifecycle notices of the instance until a signal ends the process.
 */
final class WatchCommand implements Command {

	private final Arguments arguments;

	private final Optional<Duration> interval;

	WatchCommand(Arguments arguments) {
		this.arguments = arguments;
		this.interval = arguments.duration(CommandOption.INTERVAL);
		if (this.interval.filter((interval) -> interval.isZero()).isPresent()) {
			throw new UsageException("--interval is not followed by a positive duration");
		}
	}

	@Override
	public int run(Console console) throws IOException {
		Optional<NoticeCommand> command = this.arguments.value(CommandOption.EXEC).map(NoticeCommand::new);
		BlockingQueue<LifecycleEvent> notices = new LinkedBlockingQueue<>();
		try (ImdsClient client = ClientFactory.create(this.arguments)) {
			if (!client.isAvailable()) {
				console.complain("the service does not answer yet, watching goes on");
			}
			LifecycleWatcher.Builder watcher = LifecycleWatcher.builder(client)
				.tags(this.arguments.has(CommandOption.TAGS))
				.listener(notices::add);
			this.interval.ifPresent(watcher::interval);
			LifecycleWatcher running = watcher.start();
			try {
				while (true) {
					Map<String, Object> notice = Notice.fields(notices.take());
					console.println(DocumentWriter.toLine(notice));
					console.output().flush();
					command.ifPresent((program) -> program.run(notice, console));
				}
			}
			finally {
				running.close();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return ExitStatus.FAILURE;
		}
	}

}
