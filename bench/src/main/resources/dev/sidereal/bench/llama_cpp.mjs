// Speed of llama.cpp, through node-llama-cpp, on random BF16 weights of the Qwen3-0.6B shape.
// usage: node llama_cpp.mjs NODE_MODULES MODEL_FILE THREADS PROMPT GENERATED RUNS
// Writes the model once if the file is not there (1.2 GB), prints one line of JSON: tokens a second, medians.
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [, , modules, file, ...numbers] = process.argv;
const [threads, prompt, generated, runs] = numbers.map(Number);
const shape = {layers: 28, hidden: 1024, inner: 3072, heads: 16, kvHeads: 8, headDim: 128, vocabulary: 151936};

const number = (bytes, write) => value => {
  const buffer = Buffer.alloc(bytes);
  buffer[write](value);
  return buffer;
};
const u32 = number(4, 'writeUInt32LE'), f32 = number(4, 'writeFloatLE');
const u64 = value => number(8, 'writeBigUInt64LE')(BigInt(value));
const text = value => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
const padding = length => Buffer.alloc((32 - length % 32) % 32);

function metadata() {
  const pairs = [], put = (key, type, value) => pairs.push(Buffer.concat([text(key), u32(type), value]));
  put('general.architecture', 8, text('qwen3'));
  put('general.file_type', 4, u32(32));
  for (const [key, value] of Object.entries({
    block_count: shape.layers, context_length: 40960, embedding_length: shape.hidden, feed_forward_length: shape.inner,
    'attention.head_count': shape.heads, 'attention.head_count_kv': shape.kvHeads,
    'attention.key_length': shape.headDim, 'attention.value_length': shape.headDim,
  })) put('qwen3.' + key, 4, u32(value));
  put('qwen3.rope.freq_base', 6, f32(1e6));
  put('qwen3.attention.layer_norm_rms_epsilon', 6, f32(1e-6));
  const tokens = Array.from({length: shape.vocabulary}, (_, i) =>
    text(i < 256 ? String.fromCharCode(i < 94 ? 33 + i : 161 + i) : 'token' + i));
  put('tokenizer.ggml.model', 8, text('gpt2'));
  put('tokenizer.ggml.pre', 8, text('qwen2'));
  put('tokenizer.ggml.tokens', 9, Buffer.concat([u32(8), u64(tokens.length), ...tokens]));
  put('tokenizer.ggml.token_type', 9, Buffer.concat([u32(5), u64(tokens.length), Buffer.alloc(4 * tokens.length, u32(1))]));
  put('tokenizer.ggml.merges', 9, Buffer.concat([u32(8), u64(1), text('! "')]));
  put('tokenizer.ggml.bos_token_id', 4, u32(shape.vocabulary - 2));
  put('tokenizer.ggml.eos_token_id', 4, u32(shape.vocabulary - 1));
  put('tokenizer.ggml.add_bos_token', 7, Buffer.from([0]));
  return pairs;
}

function tensors() {
  const list = [], {hidden: h, inner: m, headDim: d} = shape, q = shape.heads * d, kv = shape.kvHeads * d;
  const matrix = (name, rows, columns) => list.push({name, dims: [columns, rows], type: 30, bytes: 2 * rows * columns});
  const norm = (name, width) => list.push({name, dims: [width], type: 0, bytes: 4 * width});
  matrix('token_embd.weight', shape.vocabulary, h);
  norm('output_norm.weight', h);
  for (let i = 0; i < shape.layers; i++) {
    const b = `blk.${i}.`;
    norm(b + 'attn_norm.weight', h);
    matrix(b + 'attn_q.weight', q, h);
    matrix(b + 'attn_k.weight', kv, h);
    matrix(b + 'attn_v.weight', kv, h);
    matrix(b + 'attn_output.weight', h, q);
    norm(b + 'attn_q_norm.weight', d);
    norm(b + 'attn_k_norm.weight', d);
    norm(b + 'ffn_norm.weight', h);
    matrix(b + 'ffn_gate.weight', m, h);
    matrix(b + 'ffn_up.weight', m, h);
    matrix(b + 'ffn_down.weight', h, m);
  }
  return list;
}

function write(to) {
  const pairs = metadata(), list = tensors();
  let offset = 0;
  const infos = list.map(t => {
    const info = Buffer.concat([text(t.name), u32(t.dims.length), ...t.dims.map(u64), u32(t.type), u64(offset)]);
    offset += t.bytes + padding(t.bytes).length;
    return info;
  });
  const head = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(list.length), u64(pairs.length), ...pairs, ...infos]);
  // Bits of BF16 between 2^-7 and 2^-6 with a random sign; one megabyte of them again and again.
  const noise = Buffer.alloc(1 << 20);
  let state = 1;
  for (let i = 0; i < noise.length; i += 2) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    noise.writeUInt16LE((state >>> 31) << 15 | 0x3c00 | (state >>> 8 & 0x7f), i);
  }
  const part = to + '.part', out = fs.openSync(part, 'w');
  fs.writeSync(out, head);
  fs.writeSync(out, padding(head.length));
  for (const t of list) {
    const source = t.type === 0 ? Buffer.alloc(t.bytes, f32(1)) : noise;
    for (let left = t.bytes; left > 0; left -= source.length) fs.writeSync(out, source, 0, Math.min(left, source.length));
    fs.writeSync(out, padding(t.bytes));
  }
  fs.closeSync(out);
  fs.renameSync(part, to);
}

if (!fs.existsSync(file)) write(file);
const home = path.join(modules, 'node-llama-cpp');
const {getLlama} = await import(pathToFileURL(path.join(home, 'dist/index.js')));
const llama = await getLlama({build: 'never', gpu: false, maxThreads: threads, logLevel: 'error'});
const model = await llama.loadModel({modelPath: file});
const context = await model.createContext({contextSize: 1024, batchSize: 512, threads});
const sequence = context.getSequence();
const tokens = Array.from({length: prompt}, (_, i) => (i * 7919 + 13) % 151000);
const prompts = [], decodes = [];
for (let run = 0; run <= runs; run++) {
  await sequence.clearHistory();
  let start = performance.now();
  await sequence.evaluateWithoutGeneratingNewTokens(tokens);
  const promptMs = performance.now() - start;
  start = performance.now();
  let count = 0;
  for await (const _ of sequence.evaluate([17], {temperature: 0, yieldEogToken: true})) if (++count >= generated) break;
  const decodeMs = performance.now() - start;
  // The first run warms up.
  if (run > 0) {
    prompts.push(1000 * prompt / promptMs);
    decodes.push(1000 * count / decodeMs);
  }
}
const median = values => values.sort((a, b) => a - b)[values.length >> 1];
const version = JSON.parse(fs.readFileSync(path.join(home, 'package.json'))).version;
console.log(JSON.stringify({prompt_tokens_s: median(prompts), decode_tokens_s: median(decodes), version: 'node-llama-cpp ' + version}));
process.exit(0);
