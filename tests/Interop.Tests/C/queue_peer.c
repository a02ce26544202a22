// The C side of the queue tests. One command each run; says on standard output what the test waits for.
#define _GNU_SOURCE
#include "contracts_shared.h"
#include "sample.h"

#include <stdlib.h>

#define SECOND 1000000000LL

static peers_sample sample_of(int64_t number)
{
    peers_sample sample;
    memset(&sample, 0, sizeof sample);
    sample.Number = number;
    sample.Position.X = (double)number;
    sample.Position.Y = (double)-number;
    sample.Level = (int32_t)number;
    sample.Echo = number;
    return sample;
}

static int is_whole(const peers_sample *sample)
{
    return sample->Position.X == (double)sample->Number && sample->Position.Y == (double)-sample->Number
        && sample->Level == (int32_t)sample->Number && sample->Echo == sample->Number;
}

static void say(const char *text)
{
    puts(text);
    fflush(stdout);
}

static int produce(contracts_queue *queue, long count)
{
    for (long i = 0; i < count; i++)
    {
        peers_sample sample = sample_of(i);
        if (contracts_queue_enqueue(queue, &sample, 20 * SECOND) < 0)
        {
            return 3;
        }
    }

    return 0;
}

static int consume(contracts_queue *queue, long count)
{
    for (long i = 0; i < count; i++)
    {
        peers_sample sample;
        if (contracts_queue_dequeue(queue, &sample, 20 * SECOND) < 0)
        {
            return 3;
        }

        if (!is_whole(&sample) || sample.Number != i)
        {
            return 4;
        }
    }

    return 0;
}

static int forward(contracts_queue *from, const char *name)
{
    contracts_queue to;
    if (contracts_queue_open(&to, name, PEERS_SAMPLE_LAYOUT_FINGERPRINT, sizeof(peers_sample)) < 0)
    {
        return 2;
    }

    say("forwarding");
    while (1)
    {
        peers_sample sample;
        if (contracts_queue_dequeue(from, &sample, -1) < 0 || contracts_queue_enqueue(&to, &sample, -1) < 0)
        {
            return 3;
        }
    }
}

// mutex <name>: takes a SharedMutex and stays there.
static int hold(const char *name)
{
    contracts_object mutex;
    if (contracts_mutex_open(&mutex, name) < 0 || contracts_object_lock(&mutex, 20 * SECOND) < 0)
    {
        return 2;
    }

    say("holding");
    pause();
    return 0;
}

// produce|consume <name> <count>, forward <name> <to>, limits <name> <-> (full, empty, dropped), mutex <name> <->
int main(int count, char **arguments)
{
    if (count != 4)
    {
        return 1;
    }

    if (strcmp(arguments[1], "mutex") == 0)
    {
        return hold(arguments[2]);
    }

    contracts_queue queue;
    int error = contracts_queue_open(&queue, arguments[2], PEERS_SAMPLE_LAYOUT_FINGERPRINT, sizeof(peers_sample));
    if (error < 0)
    {
        say(contracts_describe(error));
        return 2;
    }

    if (strcmp(arguments[1], "forward") == 0)
    {
        return forward(&queue, arguments[3]);
    }

    if (strcmp(arguments[1], "limits") == 0)
    {
        peers_sample sample = sample_of(7);
        int full = contracts_queue_enqueue(&queue, &sample, 0);
        int late = contracts_queue_enqueue(&queue, &sample, SECOND / 50);
        printf("%d %d %llu\n", full, late, (unsigned long long)contracts_queue_dropped(&queue));
        return 0;
    }

    say("ready");
    int result = strcmp(arguments[1], "produce") == 0 ? produce(&queue, atol(arguments[3])) : consume(&queue, atol(arguments[3]));
    contracts_queue_close(&queue);
    return result;
}
